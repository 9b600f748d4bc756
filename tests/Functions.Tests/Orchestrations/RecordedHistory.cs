using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.Functions.Tests.Orchestrations;

/// <summary>What an engine keeps of an orchestration: of one that is recorded here, or of one that an earlier build left.</summary>
/// <param name="Version">The instance's version; empty for none.</param>
/// <param name="Events">Its history.</param>
internal sealed record RecordedHistory(string Version, IReadOnlyList<HistoryEvent> Events)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The steps, as far as a replay compares them.</summary>
    public IEnumerable<string> Steps => Events.Where(each => each.IsStep).Select(each => $"{each.TaskId} {each.Kind} {each.Name}");

    public static RecordedHistory Read(string path) => JsonSerializer.Deserialize<RecordedHistory>(File.ReadAllText(path), Json)!;

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");
}
