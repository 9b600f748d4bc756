using System.Net;
using Trainyard.Domain.Datasets;

namespace Trainyard.Functions.Outgoing;

/// <summary>The one way by which this app fetches what callers name: https only, public addresses only, bounded in size, time and redirects. Thread safe.</summary>
/// <param name="options">Bounds.</param>
/// <param name="handler">Connects; see <see cref="GuardedConnector"/>.</param>
internal sealed class GuardedClient(OutgoingOptions options, HttpMessageHandler handler) : IWebSource, IDisposable
{
    private readonly HttpMessageInvoker invoker = new(handler);

    /// <inheritdoc/>
    public async Task<Stream?> OpenAsync(string address, CancellationToken cancellationToken)
    {
        Uri next = Check(Uri.TryCreate(address, UriKind.Absolute, out Uri? given) ? given : null);
        for (int redirects = 0; redirects <= options.MaxRedirects; redirects++)
        {
            HttpResponseMessage response = await SendAsync(next, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return await OpenBodyAsync(response, cancellationToken);
            }

            using (response)
            {
                if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
                {
                    return null;
                }

                next = RedirectOf(response, next) ?? throw OutgoingProblems.Unreachable($"it answers {(int)response.StatusCode}");
            }
        }

        throw OutgoingProblems.Unreachable($"it redirects more than {options.MaxRedirects} times");
    }

    public void Dispose() => invoker.Dispose();

    private static Uri Check(Uri? address) =>
        address is { Scheme: "https", UserInfo: "" } && address.Host.Length > 0 ? address : throw OutgoingProblems.Invalid();

    private static Uri? RedirectOf(HttpResponseMessage response, Uri from)
    {
        bool redirects = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        return redirects && response.Headers.Location is { } location
            ? Check(location.IsAbsoluteUri ? location : new Uri(from, location))
            : null;
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd("Trainyard");
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.HeadTimeout);
        try
        {
            return await invoker.SendAsync(request, patience.Token);
        }
        catch (HttpRequestException failure) when (IsForbidden(failure))
        {
            throw OutgoingProblems.Forbidden(failure);
        }
        catch (HttpRequestException failure)
        {
            throw OutgoingProblems.Unreachable("there is no connection to it", failure);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw OutgoingProblems.Unreachable("it does not answer in time", late);
        }
    }

    private async Task<Stream> OpenBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return response.Content.Headers.ContentLength > options.MaxBytes
                ? throw OutgoingProblems.TooLarge(options.MaxBytes)
                : new FetchedBody(response, await response.Content.ReadAsStreamAsync(cancellationToken), options);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static bool IsForbidden(Exception? failure) => failure is ForbiddenAddressException || (failure is not null && IsForbidden(failure.InnerException));
}
