using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access.Tokens;

namespace Trainyard.Functions.Access;

/// <summary>Finds out who sends a request. Thread safe.</summary>
/// <param name="keys">Recognises API keys.</param>
/// <param name="options">What else is accepted.</param>
/// <param name="limits">Slows down whoever guesses.</param>
/// <param name="tokens">Recognises an identity provider's tokens; null where there is none.</param>
internal sealed class Authenticator(ApiKeys keys, AccessOptions options, RequestLimits limits, TokenValidator? tokens = null)
{
    private static readonly Caller Operator = new(CallerKind.Operator, TenantId.Default, "operator", Scopes.Platform);

    /// <summary>Who it is. Whose key was proven just before is known without waiting.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time stamp.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">
    /// <c>credentials_missing</c>, <c>credentials_repeated</c>, <c>credentials_invalid</c>, <c>credentials_expired</c>, <c>origin_forbidden</c>, <c>attempts_limited</c>.
    /// </exception>
    public ValueTask<Caller> AuthenticateAsync(HttpRequest request, long now, CancellationToken cancellationToken)
    {
        string? text = Credentials.Read(request);
        return text is not null && keys.RecogniseKnown(text, now) is { } known ? ValueTask.FromResult(known) : AuthenticateAsync(request, text, cancellationToken);
    }

    private async ValueTask<Caller> AuthenticateAsync(HttpRequest request, string? text, CancellationToken cancellationToken)
    {
        if (text is not null)
        {
            return await RecogniseAsync(text, cancellationToken) ?? throw Fail();
        }

        if (!options.IsOpenWithoutKeys || await keys.AnyAsync(cancellationToken))
        {
            throw AccessProblems.CredentialsMissing();
        }

        LocalRequests.Require(request);
        return Caller.Local;
    }

    private async ValueTask<Caller?> RecogniseAsync(string text, CancellationToken cancellationToken)
    {
        if (ApiKeyToken.TryParse(text, out ApiKeyToken? token))
        {
            return await keys.RecogniseAsync(token, cancellationToken);
        }

        if (options.IsOperator(text))
        {
            return Operator;
        }

        return tokens is null ? null : await tokens.RecogniseAsync(text, cancellationToken);
    }

    private ProblemException Fail()
    {
        LimitDecision decision = limits.AdmitFailedAttempt();
        return decision.IsAllowed
            ? AccessProblems.CredentialsInvalid()
            : new ProblemException(new Problem(ProblemKind.Throttled, "attempts_limited", "Too many keys or tokens were refused in a short time; wait before the next attempt.", "Authorization")
            {
                RetryAfter = decision.RetryAfter,
            });
    }
}
