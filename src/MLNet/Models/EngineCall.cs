using Trainyard.Learning;

namespace Trainyard.MLNet.Models;

/// <summary>Calls into Microsoft.ML, whose failures are of many types and say little of data.</summary>
internal static class EngineCall
{
    /// <summary>Runs a call.</summary>
    /// <param name="learner">Who asks.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">A failure after it was cancelled is taken for that.</param>
    /// <exception cref="LearningException"><c>engine_failed</c>: the call failed, or a native library is missing.</exception>
    public static T Run<T>(string learner, Func<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return call();
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or LearningException or OutOfMemoryException))
        {
            // What the rows threw comes wrapped from trainers that read them on threads of their own.
            cancellationToken.ThrowIfCancellationRequested();
            throw new LearningException("engine_failed", $"Microsoft.ML cannot do this for '{learner}': {failure.GetBaseException().Message}", "learner", failure);
        }
    }
}
