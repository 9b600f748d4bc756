using System.Text.Json;

namespace Trainyard.Learning.Tests.Witness;

/// <summary>Reads what another library computed; the script beside each file says how.</summary>
internal static class WitnessFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static T Read<T>(string name) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Witness", name)), Options)!;
}
