using Trainyard.Domain.Registry.Metadata;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Tags, which MLflow sends as lists of keys and values.</summary>
internal static class MlflowTags
{
    /// <summary>An edit that sets one tag, or removes it when there is no value.</summary>
    public static MetadataEdit Edit(string key, string? value) => new() { Tags = new Dictionary<string, string?>(StringComparer.Ordinal) { [key] = value } };

    /// <summary>Tags by key; the last of a key holds.</summary>
    public static Dictionary<string, string?> Read(IReadOnlyList<MlflowTag>? tags)
    {
        Dictionary<string, string?> read = new(StringComparer.Ordinal);
        foreach (MlflowTag tag in tags ?? [])
        {
            read[tag.Key] = tag.Value;
        }

        return read;
    }

    /// <summary>The same, of what is new.</summary>
    public static Dictionary<string, string> ReadNew(IReadOnlyList<MlflowTag>? tags) => Read(tags).ToDictionary(tag => tag.Key, tag => tag.Value!, StringComparer.Ordinal);
}
