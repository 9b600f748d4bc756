using Azure.Core;

namespace Trainyard.LocalHost.Tests.AzureOpenAI;

/// <summary>Issues the tokens "secret-token-1", "secret-token-2" …, and keeps for which scopes.</summary>
internal sealed class CountingCredential(TimeSpan lifetime, Task? until = null) : TokenCredential
{
    private int issued;

    public List<string> Scopes { get; } = [];

    public int Issued => Volatile.Read(ref issued);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => Issue(requestContext);

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        int number = Interlocked.Increment(ref issued);
        await (until ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return Issue(requestContext, number);
    }

    private AccessToken Issue(TokenRequestContext requestContext, int? number = null)
    {
        lock (Scopes)
        {
            Scopes.AddRange(requestContext.Scopes);
        }

        return new AccessToken($"secret-token-{number ?? Interlocked.Increment(ref issued)}", TimeProvider.System.GetUtcNow() + lifetime);
    }
}
