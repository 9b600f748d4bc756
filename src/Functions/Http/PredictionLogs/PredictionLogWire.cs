using System.Text.Json.Serialization;
using Trainyard.Domain.Paging;
using Trainyard.Domain.PredictionLogs;

namespace Trainyard.Functions.Http.PredictionLogs;

/// <summary>How logged predictions travel: snake case, moments in UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(ResultPage<LoggedPrediction>))]
internal sealed partial class PredictionLogWire : JsonSerializerContext;
