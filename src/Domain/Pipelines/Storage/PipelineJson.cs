using System.Text.Json.Serialization;
using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>How pipelines, runs and their steps are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Pipeline))]
[JsonSerializable(typeof(PipelineRun))]
[JsonSerializable(typeof(RunMetrics))]
[JsonSerializable(typeof(RunStep))]
[JsonSerializable(typeof(RunKey))]
[JsonSerializable(typeof(ActiveEntry))]
[JsonSerializable(typeof(DueEntry))]
[JsonSerializable(typeof(RunTally))]
[JsonSerializable(typeof(TenantEntry))]
internal sealed partial class PipelineJson : JsonSerializerContext;
