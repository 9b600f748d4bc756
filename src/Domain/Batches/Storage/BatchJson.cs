using System.Text.Json.Serialization;
using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Batches.Steps;

namespace Trainyard.Domain.Batches.Storage;

/// <summary>How jobs are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BatchJob))]
[JsonSerializable(typeof(BatchPointer))]
[JsonSerializable(typeof(ActiveBatches))]
[JsonSerializable(typeof(BatchTenant))]
[JsonSerializable(typeof(ChunkRecord))]
[JsonSerializable(typeof(BatchPlan))]
[JsonSerializable(typeof(ResultRow))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(string))]
internal sealed partial class BatchJson : JsonSerializerContext;
