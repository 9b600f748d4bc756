using System.Text.Json;

namespace Trainyard.Architecture.Tests.Settings;

/// <summary>local.settings.sample.json: the list of all settings.</summary>
internal static class SampleSettings
{
    private static readonly JsonDocumentOptions Commented = new() { CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Names as they stand in the file, with <c>__</c> between the parts, and values.</summary>
    public static IReadOnlyDictionary<string, string> Values { get; } = Read();

    private static Dictionary<string, string> Read()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Repository.Path("local.settings.sample.json")), Commented);
        return document.RootElement.GetProperty("Values").EnumerateObject()
            .ToDictionary(each => each.Name, each => each.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
    }
}
