using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Functions.Configuration;

namespace Trainyard.Functions.Tests.Garbage;

/// <summary>Every HTTP function of the app, found by reflection, so that a new endpoint is covered by itself.</summary>
internal static partial class HttpEndpoints
{
    public static IReadOnlyList<(string Method, string Route)> All { get; } =
    [
        .. typeof(TrainyardServices).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public))
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>())
            .SelectMany(trigger => (trigger.Methods ?? ["GET", "POST"]).Select(method => (method.ToUpperInvariant(), trigger.Route!)))
            .OrderBy(endpoint => endpoint.Item2, StringComparer.Ordinal),
    ];

    /// <summary>The route with each parameter replaced.</summary>
    public static string Fill(string route, Func<string> value) => Parameter().Replace(route, _ => value());

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
