using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Http;

/// <summary>Reads query parameters; a parameter that is not what it should be is refused by name.</summary>
internal static class QueryParameters
{
    // An answer repeats only so much of what a caller sent.
    private const int MaxNameShown = 64;

    /// <summary>The page that <c>limit</c> and <c>continuation</c> ask for.</summary>
    /// <exception cref="ProblemException"><c>limit_out_of_range</c>, <c>continuation_invalid</c>, <c>parameter_invalid</c>, <c>parameter_repeated</c>.</exception>
    public static PageRequest Page(HttpRequest request) =>
        PageRequest.Create(Integer(request, "limit"), Text(request, "continuation"));

    /// <summary>Refuses every parameter, where doing more than was asked for could not be undone.</summary>
    /// <exception cref="ProblemException"><c>parameter_unknown</c>.</exception>
    public static void RequireNone(HttpRequest request) => Refuse(request.Query.Keys.FirstOrDefault(), "no parameters");

    /// <summary>Refuses every parameter but one, where doing more than was asked for could not be undone.</summary>
    /// <exception cref="ProblemException"><c>parameter_unknown</c>.</exception>
    public static void RequireOnly(HttpRequest request, string name) =>
        Refuse(request.Query.Keys.FirstOrDefault(key => !key.Equals(name, StringComparison.OrdinalIgnoreCase)), $"no parameter but '{name}'");

    /// <summary>A parameter that is <c>true</c> or <c>false</c>; false when it is absent.</summary>
    /// <exception cref="ProblemException"><c>parameter_invalid</c>, <c>parameter_repeated</c>.</exception>
    public static bool Flag(HttpRequest request, string name) => Text(request, name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new ProblemException(new Problem(ProblemKind.Malformed, "parameter_invalid", $"Parameter '{name}' must be true or false.", name)),
    };

    /// <summary>A parameter as text; null when it is absent.</summary>
    /// <exception cref="ProblemException"><c>parameter_repeated</c>.</exception>
    public static string? Text(HttpRequest request, string name)
    {
        StringValues values = request.Query[name];
        return values.Count <= 1
            ? (string?)values
            : throw new ProblemException(new Problem(ProblemKind.Malformed, "parameter_repeated", $"Parameter '{name}' is there {values.Count} times; send it once.", name));
    }

    /// <summary>A parameter as a whole number; null when it is absent.</summary>
    /// <exception cref="ProblemException"><c>parameter_invalid</c>, <c>parameter_repeated</c>.</exception>
    public static long? Integer(HttpRequest request, string name)
    {
        if (Text(request, name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new ProblemException(new Problem(ProblemKind.Malformed, "parameter_invalid", $"Parameter '{name}' must be a whole number.", name));
    }

    /// <summary>A parameter as a moment in RFC 3339, UTC unless it has an offset; null when it is absent.</summary>
    /// <exception cref="ProblemException"><c>parameter_invalid</c>, <c>parameter_repeated</c>.</exception>
    public static DateTimeOffset? Moment(HttpRequest request, string name)
    {
        if (Text(request, name) is not { } text)
        {
            return null;
        }

        // A moment at either end of time has no neighbour to bound a range by.
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset moment)
            && moment > DateTimeOffset.MinValue && moment < DateTimeOffset.MaxValue
            ? moment
            : throw new ProblemException(new Problem(ProblemKind.Malformed, "parameter_invalid", $"Parameter '{name}' must be a moment such as 2026-01-31T12:00:00Z.", name));
    }

    /// <summary>A parameter as a whole number within bounds, or its default when it is absent.</summary>
    /// <exception cref="ProblemException"><c>parameter_out_of_range</c>, <c>parameter_invalid</c>, <c>parameter_repeated</c>.</exception>
    public static int Integer(HttpRequest request, string name, int absent, int minimum, int maximum)
    {
        long value = Integer(request, name) ?? absent;
        return value >= minimum && value <= maximum
            ? (int)value
            : throw new ProblemException(new Problem(
                ProblemKind.Malformed, "parameter_out_of_range", $"Parameter '{name}' is {value}; it must be from {minimum} to {maximum}.", name));
    }

    private static void Refuse(string? name, string taken)
    {
        if (name is not null)
        {
            string shown = name.Length > MaxNameShown ? name[..MaxNameShown] : name;
            throw new ProblemException(new Problem(ProblemKind.Malformed, "parameter_unknown", $"This call takes {taken}; it is about the whole of what the path names.", shown));
        }
    }
}
