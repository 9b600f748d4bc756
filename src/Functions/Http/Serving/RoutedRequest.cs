using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Trainyard.Domain.Access;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Serving;
using Trainyard.Functions.Access;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Http.Serving;

/// <summary>Which version a prediction request is for: by the headers <c>Traffic-Key</c> and <c>Model-Version</c>, else by who asks.</summary>
internal static class RoutedRequest
{
    /// <summary>The header that names who stays with the same version: a user, a session. Without it, the caller.</summary>
    public const string KeyHeader = "Traffic-Key";

    /// <summary>The header that forces a version, for a test.</summary>
    public const string VersionHeader = "Model-Version";

    /// <summary>Whom a request is for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model's id or name.</param>
    /// <param name="version">The version that its path or body names; null for none.</param>
    /// <exception cref="ProblemException"><c>traffic_header_invalid</c>.</exception>
    public static ModelCall Call(HttpRequest request, string model, string? version = null)
    {
        Caller caller = RequestCaller.Of(request);
        return new ModelCall(caller.Tenant, model, Text(request, KeyHeader) ?? Id(caller), version ?? Text(request, VersionHeader), InvocationScope.Current?.CorrelationId);
    }

    // Whoever is not known by name may be anybody.
    private static string? Id(Caller caller) => caller.Kind is CallerKind.Key or CallerKind.Token ? caller.Id : null;

    private static string? Text(HttpRequest request, string header)
    {
        StringValues values = request.Headers[header];
        string? text = values.Count == 1 ? values[0] : null;
        return values.Count > 1 || text?.Length > TrafficPoint.MaxKeyLength
            ? throw new ProblemException(new Problem(
                ProblemKind.Malformed, "traffic_header_invalid", $"{header} must be there at most once, with at most {TrafficPoint.MaxKeyLength} characters.", header))
            : string.IsNullOrEmpty(text) ? null : text;
    }
}
