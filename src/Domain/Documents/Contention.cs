using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Documents;

/// <summary>Repeats a read-then-conditional-write until no other writer came between.</summary>
public static class Contention
{
    /// <summary>Attempts before giving up. Each lost attempt means that another writer won, so writers together always advance.</summary>
    public const int MaxAttempts = 64;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Runs <paramref name="attempt"/> again after a conflict; it must read afresh what it writes upon.</summary>
    /// <exception cref="TransientProblemException"><c>write_contention</c>: every attempt lost.</exception>
    public static async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (int count = 1; ; count++)
        {
            try
            {
                return await attempt(cancellationToken);
            }
            catch (DocumentStoreException conflict) when (IsConflict(conflict))
            {
                if (count == MaxAttempts)
                {
                    Problem problem = new(ProblemKind.Unavailable, "write_contention", "Too many writers change this at once; try again.") { RetryAfter = RetryAfter };
                    throw new TransientProblemException(problem, conflict);
                }
            }
        }
    }

    /// <summary>True when another writer came first.</summary>
    public static bool IsConflict(DocumentStoreException exception) =>
        exception.Code is DocumentStoreCode.DocumentExists or DocumentStoreCode.ETagMismatch or DocumentStoreCode.DocumentMissing;
}
