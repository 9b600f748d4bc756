using System.Text.Json;

namespace Trainyard.LocalHost.Hosting;

/// <summary>Reads the <c>Values</c> of local.settings.json, the file that Functions tools keep a developer's settings in.</summary>
internal static class LocalSettings
{
    /// <summary>The file's name.</summary>
    public const string FileName = "local.settings.json";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The settings, with <c>__</c> in a name read as <c>:</c> like in the environment; none when the file is absent.</summary>
    /// <exception cref="LocalHostException">It is malformed (<c>local_settings_invalid</c>).</exception>
    public static IReadOnlyDictionary<string, string?> Read(string path)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path))
        {
            return settings;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            if (document.RootElement.TryGetProperty("Values", out JsonElement values))
            {
                foreach (JsonProperty setting in values.EnumerateObject())
                {
                    settings[setting.Name.Replace("__", ":", StringComparison.Ordinal)] = setting.Value.ToString();
                }
            }

            return settings;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new LocalHostException("local_settings_invalid", $"'{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
