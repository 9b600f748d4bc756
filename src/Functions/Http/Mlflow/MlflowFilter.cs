using System.Globalization;
using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>A filter of a search: comparisons joined by AND, as <c>name LIKE 'fraud%' AND tags.team = 'red'</c>. Immutable.</summary>
internal sealed class MlflowFilter
{
    // Far longer than what a client puts together; a pattern costs its length times that of the text.
    private const int MaxLength = 2000;

    private readonly List<MlflowCondition> conditions = [];

    /// <summary>Reads a filter; null or blank lets everything through.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="attributes">What may be compared, besides <c>tags.key</c>.</param>
    /// <exception cref="ProblemException"><c>mlflow_parameter_invalid</c>.</exception>
    public static MlflowFilter Parse(string? text, params ReadOnlySpan<string> attributes)
    {
        MlflowFilter filter = new();
        if (text is { Length: > MaxLength })
        {
            throw Invalid($"it has {text.Length} characters of {MaxLength}");
        }

        MlflowTokens tokens = new(text ?? string.Empty);
        while (!tokens.IsAtEnd)
        {
            if (filter.conditions.Count > 0)
            {
                Require(tokens.TryWord("AND"), "AND is missing between comparisons");
            }

            filter.conditions.Add(Condition(tokens, attributes));
        }

        return filter;
    }

    /// <summary>Whether something is let through.</summary>
    /// <param name="attribute">The value of an attribute; null for none.</param>
    /// <param name="tags">Its tags.</param>
    public bool Lets(Func<string, string?> attribute, IReadOnlyDictionary<string, string> tags) =>
        conditions.TrueForAll(condition => condition.Holds(condition.IsTag ? tags.GetValueOrDefault(condition.Key) : attribute(condition.Key)));

    /// <summary>The only value that an attribute may have by this filter; null when there may be more.</summary>
    public string? Exactly(string attribute) =>
        conditions.Find(condition => condition is { IsTag: false, Comparison: "=" } && condition.Key == attribute)?.Values[0];

    private static MlflowCondition Condition(MlflowTokens tokens, ReadOnlySpan<string> attributes)
    {
        string name = tokens.Name() ?? throw Invalid("a comparison begins with a name");
        string? tag = name.StartsWith("tags.", StringComparison.Ordinal) ? name[5..] : name.StartsWith("tag.", StringComparison.Ordinal) ? name[4..] : null;
        Require(tag is { Length: > 0 } || attributes.Contains(name), $"'{name}' cannot be compared; {string.Join(", ", attributes.ToArray())} and tags.key can");
        string comparison = tokens.Comparison() ?? throw Invalid($"after '{name}' comes =, !=, LIKE, ILIKE or IN, or <, <=, >, >= for numbers");
        IReadOnlyList<string> values = comparison == "IN" ? tokens.List() : tokens.Value() is { } value ? [value] : [];
        Require(values.Count > 0, $"'{name} {comparison}' has no value; put texts in single quotes");
        bool isNumeric = comparison is "<" or "<=" or ">" or ">=";
        Require(!isNumeric || (tag is null && long.TryParse(values[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out _)), $"{comparison} compares numbers");
        return new(tag ?? name, tag is not null, comparison, values);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Invalid(otherwise);
        }
    }

    private static ProblemException Invalid(string detail) => MlflowProblems.Invalid($"The filter cannot be read: {detail}.", "filter");
}
