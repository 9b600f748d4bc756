using Azure;
using Azure.Identity;
using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Storage;

/// <summary>What all calls of the storage services have in common: what is absent, and what a failure means to a port's caller.</summary>
internal static class StorageCalls
{
    private const int NotFound = 404;

    /// <summary>Makes a call, and throws what its caller cannot help as <see cref="StorageUnavailableException"/>.</summary>
    internal static async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (IsOfTheService(failure, cancellationToken))
        {
            throw Unavailable(failure);
        }
    }

    /// <summary>As <see cref="RunAsync"/>; null when the service answers that there is no such thing.</summary>
    internal static Task<T?> FindAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
        where T : class =>
        RunAsync(
            async () =>
            {
                try
                {
                    return await call();
                }
                catch (RequestFailedException absent) when (absent.Status == NotFound)
                {
                    return null;
                }
            },
            cancellationToken);

    /// <summary>Makes a call, and once more after <paramref name="create"/> when the table, container or queue it needs is not there yet.</summary>
    /// <param name="call">May run twice.</param>
    /// <param name="missing">The service's error code for what is not there.</param>
    /// <param name="create">Creates it, or finds that somebody else was quicker.</param>
    internal static async Task<T> CreatingAsync<T>(Func<Task<T>> call, string missing, Func<Task> create)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException absent) when (absent.ErrorCode == missing)
        {
            await create();
            return await call();
        }
    }

    /// <summary>Whether a failure is one of the service, the way to it or the identity, and not the caller's own cancellation.</summary>
    internal static bool IsOfTheService(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException tries => tries.InnerExceptions.All(each => IsOfTheService(each, cancellationToken)),
        RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException => true,
        _ => false,
    };

    /// <summary>The failure as the ports say it.</summary>
    internal static StorageUnavailableException Unavailable(Exception failure) => failure is RequestFailedException { Status: > 0 } answer
        ? new StorageUnavailableException($"Azure Storage answered {answer.Status} {answer.ErrorCode}.", failure)
        : new StorageUnavailableException("Azure Storage cannot be reached.", failure);
}
