namespace Trainyard.Domain.Problems;

/// <summary>The families of refusal; each face maps them to its own status (for HTTP in parentheses).</summary>
public enum ProblemKind
{
    /// <summary>The request cannot be read (400).</summary>
    Malformed,

    /// <summary>Who asks is not known (401).</summary>
    Unauthenticated,

    /// <summary>Who asks may not do this (403).</summary>
    Forbidden,

    /// <summary>What it names is not there, or is not the caller's (404).</summary>
    NotFound,

    /// <summary>It came too slowly (408).</summary>
    TooSlow,

    /// <summary>The state forbids it (409).</summary>
    Conflict,

    /// <summary>Somebody else changed it since it was read (412).</summary>
    Stale,

    /// <summary>Over a size limit (413).</summary>
    TooLarge,

    /// <summary>Understood but impossible (422).</summary>
    Unprocessable,

    /// <summary>Too many requests (429).</summary>
    Throttled,

    /// <summary>Try again later (503).</summary>
    Unavailable,
}
