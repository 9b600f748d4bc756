using System.ClientModel.Primitives;
using Azure.Core;

namespace Azure.AI.OpenAI.Wire;

/// <summary>
/// Brings a token of Entra ID with each try of a request: kept until its time to be renewed, fetched by one caller for all,
/// and forgotten when the service does not take it.
/// </summary>
/// <remarks>
/// The bearer policy of System.ClientModel asks its provider at every request, and blocks a thread to do so; the one of
/// Azure.Core is for another pipeline.
/// </remarks>
internal sealed class TokenPolicy(TokenCredential credential, string scope) : AuthenticationPolicy
{
    // As the original, and as Azure.Core where a token does not say when to renew it.
    private static readonly TimeSpan renewBefore = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim fetching = new(1, 1);
    private volatile Held? held;

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Held token = Fresh() ?? Fetch(message);
        Attach(message, token);
        ProcessNext(message, pipeline, currentIndex);
        ForgetIfRefused(message, token);
    }

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Held token = Fresh() ?? await FetchAsync(message).ConfigureAwait(false);
        Attach(message, token);
        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        ForgetIfRefused(message, token);
    }

    private static void Attach(PipelineMessage message, Held token) =>
        message.Request.Headers.Set("Authorization", $"Bearer {token.Token}");

    private Held? Fresh() => held is { } token && DateTimeOffset.UtcNow < token.RenewAt ? token : null;

    private Held Fetch(PipelineMessage message)
    {
        RequireTls(message);
        fetching.Wait(message.CancellationToken);
        try
        {
            return Fresh() ?? (held = new Held(credential.GetToken(Wanted(message), message.CancellationToken)));
        }
        finally
        {
            fetching.Release();
        }
    }

    private async ValueTask<Held> FetchAsync(PipelineMessage message)
    {
        RequireTls(message);
        await fetching.WaitAsync(message.CancellationToken).ConfigureAwait(false);
        try
        {
            return Fresh() ?? (held = new Held(await credential.GetTokenAsync(Wanted(message), message.CancellationToken).ConfigureAwait(false)));
        }
        finally
        {
            fetching.Release();
        }
    }

    // All requests of a client go to one endpoint, so whoever holds a token has passed here.
    private static void RequireTls(PipelineMessage message)
    {
        if (message.Request.Uri?.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidOperationException("Bearer token authentication is not permitted for non TLS protected (https) endpoints.");
        }
    }

    private TokenRequestContext Wanted(PipelineMessage message) =>
        new([scope], message.Request.Headers.TryGetValue(RequestPolicy.RequestIdHeader, out string? id) ? id : null);

    private void ForgetIfRefused(PipelineMessage message, Held token)
    {
        if (message.Response?.Status == 401)
        {
            // Unless another caller has brought a newer one meanwhile.
            Interlocked.CompareExchange(ref held, null, token);
        }
    }

    private sealed class Held(AccessToken token)
    {
        public string Token { get; } = token.Token;

        public DateTimeOffset RenewAt { get; } = token.RefreshOn ?? token.ExpiresOn - renewBefore;
    }
}
