using System.Text.Json.Serialization;
using Trainyard.Domain.Alerts;
using Trainyard.Domain.Paging;

namespace Trainyard.Functions.Http.Alerts;

/// <summary>How alerts travel: snake case, moments in UTC.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(ResultPage<Alert>))]
internal sealed partial class AlertWire : JsonSerializerContext;
