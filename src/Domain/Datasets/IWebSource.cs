using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Datasets;

/// <summary>Files behind <c>https://</c> addresses that somebody sent. Thread safe.</summary>
/// <remarks>Whoever implements it must never reach what only this installation can reach.</remarks>
public interface IWebSource
{
    /// <summary>Opens what an address leads to; null when there is nothing.</summary>
    /// <param name="address">The address as it was sent.</param>
    /// <param name="cancellationToken">Cancels the call; reading takes a token of its own.</param>
    /// <exception cref="ProblemException"><c>url_invalid</c>, <c>url_forbidden</c>, <c>url_unreachable</c>.</exception>
    Task<Stream?> OpenAsync(string address, CancellationToken cancellationToken);
}
