using Trainyard.Functions.Http.Serving;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Http;

/// <summary>Which pages of other origins a browser lets ask this host.</summary>
public sealed record CrossOriginOptions
{
    /// <summary>Stands for every origin.</summary>
    public const string Any = "*";

    /// <summary>How long a browser may keep what it was told: as long as most keep it at all.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>Scheme, host and port, letter by letter as browsers send them; or <see cref="Any"/> alone; none by default.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Whether browsers may send the credentials that they keep; never together with <see cref="Any"/>.</summary>
    public bool AllowCredentials { get; init; }

    /// <summary>Whether there is any such page.</summary>
    public bool IsEnabled => Origins.Count > 0;

    /// <summary>Verbs that they may use.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["GET", "HEAD", "POST", "PUT", "DELETE"];

    /// <summary>Headers that they may send, beside those that need no asking.</summary>
    public static IReadOnlyList<string> RequestHeaders { get; } =
        ["Authorization", "x-api-key", "x-functions-key", "Content-Type", "Content-Encoding", IdempotentRequest.Header, RoutedRequest.KeyHeader, RoutedRequest.VersionHeader, "traceparent", "tracestate"];

    /// <summary>Headers of answers that they may read.</summary>
    public static IReadOnlyList<string> ResponseHeaders { get; } = ["Location", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", InvocationScope.Header];
}
