using System.Globalization;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>One comparison of a filter.</summary>
/// <param name="Key">An attribute, or the key of a tag.</param>
/// <param name="IsTag">Which of both.</param>
/// <param name="Comparison"><c>=</c>, <c>!=</c>, <c>LIKE</c>, <c>ILIKE</c>, <c>IN</c>, or one of numbers.</param>
/// <param name="Values">What it is compared with; one unless it is <c>IN</c>.</param>
internal sealed record MlflowCondition(string Key, bool IsTag, string Comparison, IReadOnlyList<string> Values)
{
    /// <summary>Whether a value meets it; what is not there meets none.</summary>
    public bool Holds(string? value) => value is not null && Comparison switch
    {
        "=" => IsSame(value),
        "!=" => !IsSame(value),
        "LIKE" => IsLike(value, Values[0], StringComparison.Ordinal),
        "ILIKE" => IsLike(value, Values[0], StringComparison.OrdinalIgnoreCase),
        "IN" => Values.Contains(value, StringComparer.Ordinal),
        "<" => Order(value) < 0,
        "<=" => Order(value) <= 0,
        ">" => Order(value) > 0,
        _ => Order(value) >= 0,
    };

    private bool IsSame(string value) => string.Equals(value, Values[0], StringComparison.Ordinal);

    private int Order(string value) =>
        long.Parse(value, CultureInfo.InvariantCulture).CompareTo(long.Parse(Values[0], CultureInfo.InvariantCulture));

    // As SQL has it: % is any text, _ any character. Goes back only to the last %, so that no pattern takes exponential time.
    private static bool IsLike(string text, string pattern, StringComparison comparison)
    {
        (int at, int part, int back, int from) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (part < pattern.Length && pattern[part] == '%')
            {
                (back, from) = (++part, at);
            }
            else if (part < pattern.Length && (pattern[part] == '_' || string.Compare(text, at, pattern, part, 1, comparison) == 0))
            {
                at++;
                part++;
            }
            else if (back >= 0)
            {
                at = ++from;
                part = back;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(part).Trim('%').IsEmpty;
    }
}
