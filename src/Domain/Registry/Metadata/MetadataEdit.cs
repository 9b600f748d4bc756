using System.Collections.ObjectModel;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Registry.Metadata;

/// <summary>What is said anew of a model or a version.</summary>
public sealed record MetadataEdit
{
    /// <summary>Characters of a description at most.</summary>
    public const int MaxDescriptionLength = 5000;

    /// <summary>Tags of one model or version at most.</summary>
    public const int MaxTags = 50;

    /// <summary>Characters of a tag's key at most; MLflow has the same bound.</summary>
    public const int MaxTagKeyLength = 250;

    /// <summary>Characters of a tag's value at most; MLflow has the same bound.</summary>
    public const int MaxTagValueLength = 5000;

    /// <summary>The description from now on; null leaves it as it is.</summary>
    public string? Description { get; init; }

    /// <summary>Tags to set, by key; null as a value removes one. Others stay as they are.</summary>
    public IReadOnlyDictionary<string, string?> Tags { get; init; } = ReadOnlyDictionary<string, string?>.Empty;

    /// <summary>Refuses what is over a bound.</summary>
    /// <exception cref="ProblemException"><c>description_too_long</c>, <c>tag_invalid</c>.</exception>
    public void Require()
    {
        if (Description is { Length: > MaxDescriptionLength })
        {
            throw Refusal("description_too_long", $"The description has {Description.Length} characters; it may have {MaxDescriptionLength}.", "description");
        }

        if (Tags.Any(tag => tag.Key.Length is 0 or > MaxTagKeyLength || tag.Value is { Length: > MaxTagValueLength }))
        {
            throw Refusal("tag_invalid", $"A tag has a key of 1 to {MaxTagKeyLength} characters and a value of at most {MaxTagValueLength}.", "tags");
        }
    }

    /// <summary>Tags as they are after this edit.</summary>
    /// <exception cref="ProblemException"><c>tags_too_many</c>.</exception>
    internal IReadOnlyDictionary<string, string> Apply(IReadOnlyDictionary<string, string> tags)
    {
        SortedDictionary<string, string> edited = new(tags.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach ((string key, string? value) in Tags)
        {
            edited.Remove(key);
            if (value is not null)
            {
                edited[key] = value;
            }
        }

        return edited.Count <= MaxTags ? edited : throw Refusal("tags_too_many", $"There would be {edited.Count} tags; there may be {MaxTags}.", "tags");
    }

    private static ProblemException Refusal(string code, string detail, string field) =>
        new(new Problem(ProblemKind.Malformed, code, detail, field));
}
