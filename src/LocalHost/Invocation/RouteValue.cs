using System.Globalization;
using Trainyard.Domain.Problems;

namespace Trainyard.LocalHost.Invocation;

/// <summary>Reads route values into parameters. A value that does not fit is a resource that is not there: 404.</summary>
internal static class RouteValue
{
    // What the isolated worker converts from a route's text as well; anything else would run here and fail there.
    private static readonly HashSet<Type> Supported =
    [
        typeof(string), typeof(int), typeof(long), typeof(bool), typeof(double), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset),
    ];

    /// <summary>True when a parameter of <paramref name="type"/>, nullable or not, can be read from a route.</summary>
    public static bool IsSupported(Type type) => Supported.Contains(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>The text of a route value, or null when an optional one is absent.</summary>
    public static string? Text(LocalFunctionContext context, string name) =>
        context.HttpContext!.Request.RouteValues.TryGetValue(name, out object? value)
            ? value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>A route value that must be there and fit.</summary>
    /// <exception cref="ProblemException"><c>route_value_invalid</c>.</exception>
    public static T Required<T>(LocalFunctionContext context, string name)
        where T : struct, IParsable<T> => Optional<T>(context, name) ?? throw Invalid<T>(name);

    /// <summary>A route value that may be absent, but fits when it is there.</summary>
    /// <exception cref="ProblemException"><c>route_value_invalid</c>.</exception>
    public static T? Optional<T>(LocalFunctionContext context, string name)
        where T : struct, IParsable<T>
    {
        if (Text(context, name) is not { } text)
        {
            return null;
        }

        return T.TryParse(text, CultureInfo.InvariantCulture, out T value) ? value : throw Invalid<T>(name);
    }

    private static ProblemException Invalid<T>(string name) => new(new Problem(
        ProblemKind.NotFound, "route_value_invalid", $"The part '{name}' of the path is not a valid {Word(typeof(T))}.", name));

    private static string Word(Type type) => type switch
    {
        _ when type == typeof(int) || type == typeof(long) => "whole number",
        _ when type == typeof(double) || type == typeof(decimal) => "number",
        _ when type == typeof(bool) => "truth value (true or false)",
        _ when type == typeof(Guid) => "GUID",
        _ => "date and time",
    };
}
