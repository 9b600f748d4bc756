using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http.Datasets;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(SnakeCaseColumnType), typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(DatasetCreated))]
[JsonSerializable(typeof(DatasetDetail))]
[JsonSerializable(typeof(DatasetList))]
[JsonSerializable(typeof(DatasetView))]
internal sealed partial class DatasetViews : JsonSerializerContext;
