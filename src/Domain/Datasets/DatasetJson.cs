using System.Text.Json.Serialization;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Datasets;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(DatasetHead))]
[JsonSerializable(typeof(DatasetName))]
[JsonSerializable(typeof(DatasetVersion))]
[JsonSerializable(typeof(VersionPointer))]
[JsonSerializable(typeof(TableProfile))]
internal sealed partial class DatasetJson : JsonSerializerContext;
