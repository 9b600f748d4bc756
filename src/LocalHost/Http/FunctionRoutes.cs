using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Trainyard.LocalHost.Discovery;
using Trainyard.LocalHost.Invocation;

namespace Trainyard.LocalHost.Http;

/// <summary>Maps HTTP functions to routes.</summary>
internal static class FunctionRoutes
{
    // An HTTP trigger without verbs answers all of these.
    private static readonly string[] AllVerbs = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

    /// <summary>Maps every HTTP function below <paramref name="prefix"/>.</summary>
    /// <exception cref="FunctionDeclarationException">Two functions answer the same verb of the same route.</exception>
    public static void Map(IEndpointRouteBuilder routes, IEnumerable<LocalFunction> functions, string prefix, FunctionPipeline pipeline)
    {
        Dictionary<string, LocalFunction> taken = new(StringComparer.OrdinalIgnoreCase);
        List<string> faults = [];
        foreach (LocalFunction function in functions)
        {
            if (function.Trigger is not HttpTriggerAttribute trigger)
            {
                continue;
            }

            RoutePattern pattern = RouteTemplate.Parse(Join(prefix, trigger.Route ?? function.Name));
            string[] verbs = trigger.Methods is { Length: > 0 } given ? Array.ConvertAll(given, verb => verb.ToUpper(CultureInfo.InvariantCulture)) : AllVerbs;
            faults.AddRange(verbs
                .Where(verb => !taken.TryAdd($"{verb} {Shape(pattern)}", function))
                .Select(verb => $"Function '{function.Name}': {verb} {pattern.RawText} is answered by function '{taken[$"{verb} {Shape(pattern)}"].Name}' already."));
            MapFunction(routes, function, pattern, verbs, pipeline);
        }

        if (faults.Count > 0)
        {
            throw new FunctionDeclarationException(faults);
        }
    }

    private static void MapFunction(IEndpointRouteBuilder routes, LocalFunction function, RoutePattern pattern, string[] verbs, FunctionPipeline pipeline)
    {
        RequestDelegate handler = new FunctionEndpoint(function, pipeline).InvokeAsync;
        routes.Map(pattern, handler)
            .WithMetadata(new HttpMethodMetadata(verbs))
            .WithDisplayName(function.Name);
    }

    // The pattern without the names of its parameters: two patterns of one shape match the same paths.
    private static string Shape(RoutePattern pattern) => string.Join('/', pattern.PathSegments.Select(Shape));

    private static string Shape(RoutePatternPathSegment segment) => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter =>
            $"{{{(parameter.IsCatchAll ? "*" : "")}{string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content))}}}",
        _ => "",
    }));

    private static string Join(string prefix, string route) =>
        prefix.Length == 0 ? route.TrimStart('/') : $"{prefix.Trim('/')}/{route.TrimStart('/')}";
}
