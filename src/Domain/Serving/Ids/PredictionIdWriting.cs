using System.Text.Json;

namespace Trainyard.Domain.Serving.Ids;

/// <summary>Ids of predictions in answers.</summary>
internal static class PredictionIdWriting
{
    /// <summary>Writes an id as a text, without making one.</summary>
    public static void WriteStringValue(this Utf8JsonWriter json, PredictionId id)
    {
        Span<byte> utf8 = stackalloc byte[PredictionId.MaxLength];
        json.WriteStringValue(utf8[..id.Format(utf8)]);
    }
}
