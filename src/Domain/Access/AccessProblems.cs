using System.Globalization;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Access;

/// <summary>The refusals of access. None says whether what was asked for exists.</summary>
public static class AccessProblems
{
    /// <summary><c>credentials_missing</c>.</summary>
    public static ProblemException CredentialsMissing() => Refuse(
        ProblemKind.Unauthenticated, "credentials_missing", "Send an API key as 'Authorization: Bearer', 'x-api-key' or 'x-functions-key'.", "Authorization");

    /// <summary><c>credentials_repeated</c>.</summary>
    public static ProblemException CredentialsRepeated() => Refuse(
        ProblemKind.Malformed, "credentials_repeated", "The request carries more than one key or token; send one.", "Authorization");

    /// <summary><c>credentials_invalid</c>: malformed, unknown, wrong or revoked; which of them is nobody's business.</summary>
    public static ProblemException CredentialsInvalid() => Refuse(
        ProblemKind.Unauthenticated, "credentials_invalid", "The key or token is not one that is accepted here.", "Authorization");

    /// <summary><c>credentials_expired</c>, said only to whoever proved to hold them.</summary>
    public static ProblemException CredentialsExpired(DateTimeOffset at) => Refuse(
        ProblemKind.Unauthenticated, "credentials_expired", string.Create(CultureInfo.InvariantCulture, $"The key or token expired at {at:u}; get a new one."), "Authorization");

    /// <summary><c>scope_missing</c>.</summary>
    public static ProblemException ScopeMissing(Scopes wanted) => Refuse(
        ProblemKind.Forbidden, "scope_missing", $"This needs the scope '{string.Join(", ", ScopeNames.Of(wanted))}', which the key or token does not have.", "scopes");

    internal static ProblemException KeyNotFound(string keyId) => Refuse(
        ProblemKind.NotFound, "key_not_found", $"There is no key '{keyId}'; GET /api/v1/keys lists what there is.", "key_id");

    internal static ProblemException KeyExists(string keyId) => Refuse(
        ProblemKind.Conflict, "key_exists", $"An earlier request under this Idempotency-Key made key '{keyId}'. Its token was shown once; revoke it and make another if that answer was lost.", "Idempotency-Key");

    internal static ProblemException NameInvalid(int maxLength) => Refuse(
        ProblemKind.Unprocessable, "text_invalid", $"'name' must have 1 to {maxLength} characters, none of them a control character.", "name");

    internal static ProblemException ScopesInvalid() => Refuse(
        ProblemKind.Unprocessable, "scopes_invalid", $"'scopes' must name at least one of {string.Join(", ", ScopeNames.All)}, each once.", "scopes");

    internal static ProblemException ScopeNotYours(Scopes wanted) => Refuse(
        ProblemKind.Forbidden, "scope_not_yours", $"Nobody can give a scope that he does not have: {string.Join(", ", ScopeNames.Of(wanted))}.", "scopes");

    internal static ProblemException ExpiryInvalid() => Refuse(
        ProblemKind.Unprocessable, "expiry_invalid", "'expires_at' must lie in the future; leave it out for a key that does not expire.", "expires_at");

    internal static ProblemException FirstKeyNotAdmin() => Refuse(
        ProblemKind.Unprocessable, "first_key_not_admin", "The first key ends the open access of this machine, so it must have the scope 'platform' or 'admin', or nobody could make another.", "scopes");

    private static ProblemException Refuse(ProblemKind kind, string code, string detail, string field) => new(new Problem(kind, code, detail, field));
}
