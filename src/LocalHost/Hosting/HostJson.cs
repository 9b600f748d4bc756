using System.Text.Json;
using Trainyard.LocalHost.Queues;

namespace Trainyard.LocalHost.Hosting;

/// <summary>What this host reads of the app's host.json.</summary>
/// <param name="RoutePrefix">What precedes every route.</param>
/// <param name="Queues">How queue triggers receive.</param>
/// <param name="OrchestrationVersion">The version that orchestrations get which are started without one; empty for none.</param>
internal sealed record HostJson(string RoutePrefix, QueueSettings Queues, string OrchestrationVersion)
{
    // The Functions host's default when host.json does not say.
    private const string DefaultRoutePrefix = "api";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads the file; defaults apply when it is absent.</summary>
    /// <exception cref="LocalHostException">It is malformed (<c>host_json_invalid</c>).</exception>
    public static HostJson Read(string path)
    {
        if (!File.Exists(path))
        {
            return new HostJson(DefaultRoutePrefix, new QueueSettings(), string.Empty);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            JsonElement? extensions = Child(document.RootElement, "extensions");
            string? prefix = Child(Child(extensions, "http"), "routePrefix")?.GetString();
            string? version = Child(Child(extensions, "durableTask"), "defaultVersion")?.GetString();
            return new HostJson(prefix ?? DefaultRoutePrefix, QueueSettings.Read(Child(extensions, "queues")), version ?? string.Empty);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new LocalHostException("host_json_invalid", $"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    private static JsonElement? Child(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out JsonElement child) ? child : null;
}
