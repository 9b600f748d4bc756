using System.Collections.ObjectModel;
using Trainyard.Domain.Registry.Metadata;

namespace Trainyard.Functions.Http.Registry;

/// <summary>What to say anew of a model or a version.</summary>
/// <param name="Description">The description from now on; absent or null leaves it as it is.</param>
/// <param name="Tags">Tags to set, by key; others stay.</param>
/// <param name="RemoveTags">Keys of tags to remove.</param>
/// <param name="Reason">Why; kept in the history.</param>
internal sealed record EditRequest(
    string? Description = null, IReadOnlyDictionary<string, string>? Tags = null, IReadOnlyList<string>? RemoveTags = null, string? Reason = null)
{
    public MetadataEdit ToEdit()
    {
        Dictionary<string, string?> tags = new(StringComparer.Ordinal);
        foreach (string removed in RemoveTags ?? [])
        {
            tags[removed] = null;
        }

        foreach ((string key, string value) in Tags ?? ReadOnlyDictionary<string, string>.Empty)
        {
            tags[key] = value;
        }

        return new() { Description = Description, Tags = tags };
    }
}
