using System.Globalization;
using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Which part of a sorted list a search wants, and in what order.</summary>
/// <param name="Start">What was given out before.</param>
/// <param name="Size">What to give out at most.</param>
/// <param name="OrderBy">A column, ascending unless <c>DESC</c> follows; null for the default.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
internal sealed record MlflowPage(int Start, int Size, string? OrderBy, bool IsDescending)
{
    // A page of what the client asks for by default (10,000) would be a long answer; it follows the token by itself.
    private const int MaxSize = 1000;

    /// <summary>Reads <c>max_results</c>, <c>page_token</c> and <c>order_by</c>, of which the first column counts.</summary>
    /// <exception cref="ProblemException"><c>mlflow_parameter_invalid</c>, <c>parameter_repeated</c>.</exception>
    public static MlflowPage Of(HttpRequest request, int defaultSize, params ReadOnlySpan<string> columns)
    {
        int size = Number(request, "max_results", defaultSize);
        int start = Number(request, "page_token", 0);
        if (size < 1)
        {
            throw MlflowProblems.Invalid("max_results is 1 at least.", "max_results");
        }

        string[] order = (request.Query["order_by"].FirstOrDefault() ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool isDescending = order.Length == 2 && order[1].Equals("DESC", StringComparison.OrdinalIgnoreCase);
        bool isKnown = order.Length == 0 || (columns.Contains(order[0]) && (order.Length == 1 || isDescending || order[1].Equals("ASC", StringComparison.OrdinalIgnoreCase)));
        return isKnown
            ? new(start, Math.Min(size, MaxSize), order.FirstOrDefault(), isDescending)
            : throw MlflowProblems.Invalid($"order_by is one of {string.Join(", ", columns.ToArray())}, with ASC or DESC.", "order_by");
    }

    /// <summary>Cuts the page out of everything.</summary>
    public (IReadOnlyList<T> Items, string? Next) Cut<T>(IReadOnlyList<T> all)
    {
        int end = (int)Math.Min((long)Start + Size, all.Count);
        return ([.. all.Skip(Start).Take(Size)], end < all.Count ? end.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static int Number(HttpRequest request, string name, int absent) => QueryParameters.Text(request, name) switch
    {
        null or "" => absent,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) => value,
        _ => throw MlflowProblems.Invalid($"{name} is not one that can be used; send back what was answered.", name),
    };
}
