using Microsoft.AspNetCore.Routing.Patterns;

namespace Trainyard.LocalHost.Discovery;

/// <summary>Reads route templates.</summary>
internal static class RouteTemplate
{
    /// <summary>The names of the template's parameters, compared without case as routing does.</summary>
    /// <exception cref="FormatException">The template is malformed.</exception>
    public static IReadOnlySet<string> ParameterNames(string template) =>
        Parse(template).Parameters.Select(each => each.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Parses a template.</summary>
    /// <exception cref="FormatException">The template is malformed.</exception>
    public static RoutePattern Parse(string template)
    {
        try
        {
            return RoutePatternFactory.Parse(template);
        }
        catch (RoutePatternException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }
}
