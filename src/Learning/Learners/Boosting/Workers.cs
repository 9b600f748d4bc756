namespace Trainyard.Learning.Learners.Boosting;

/// <summary>The threads of one fit, and when they pay.</summary>
/// <param name="Parallel">How many, and the cancellation.</param>
internal sealed record Workers(ParallelOptions Parallel)
{
    /// <summary>Threads at most.</summary>
    public int Count => Parallel.MaxDegreeOfParallelism < 0 ? Environment.ProcessorCount : Parallel.MaxDegreeOfParallelism;

    /// <summary>Runs pieces side by side; on one thread, in order.</summary>
    public void Run(int pieces, Action<int> piece)
    {
        if (pieces > 1 && Count > 1)
        {
            System.Threading.Tasks.Parallel.For(0, pieces, Parallel, piece);
            return;
        }

        for (int index = 0; index < pieces; index++)
        {
            Parallel.CancellationToken.ThrowIfCancellationRequested();
            piece(index);
        }
    }

    /// <summary>Pieces to cut <paramref name="work"/> into so that there is one per thread and each is at least <paramref name="least"/>.</summary>
    public int PiecesFor(long work, long least) => (int)Math.Clamp(work / least, 1, Count);

    /// <summary>One of several almost equal pieces of a list.</summary>
    public static ReadOnlySpan<T> Share<T>(ReadOnlySpan<T> whole, int pieces, int piece)
    {
        int start = Start(whole.Length, pieces, piece);
        return whole[start..Start(whole.Length, pieces, piece + 1)];
    }

    /// <summary>Where a piece of a list begins.</summary>
    public static int Start(int length, int pieces, int piece) => (int)((long)length * piece / pieces);
}
