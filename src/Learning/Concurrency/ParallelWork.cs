using System.Runtime.ExceptionServices;

namespace Trainyard.Learning.Concurrency;

/// <summary>Independent pieces of work on several threads.</summary>
internal static class ParallelWork
{
    /// <summary>Runs <paramref name="action"/> for 0 to <paramref name="count"/> - 1; what it throws comes out as it is, the lowest piece's first.</summary>
    public static void For(int count, int maximumThreads, CancellationToken cancellationToken, Action<int> action)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = maximumThreads, CancellationToken = cancellationToken };
        Exception?[] failures = new Exception?[count];
        Parallel.For(0, count, options, (index, state) =>
        {
            try
            {
                action(index);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures[index] = failure;
                state.Break();
            }
        });
        if (Array.Find(failures, failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
