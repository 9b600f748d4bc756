using System.Text.Json.Serialization;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>How rows of the log are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LoggedPrediction))]
internal sealed partial class PredictionLogJson : JsonSerializerContext;
