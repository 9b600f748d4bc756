using System.Text.Json.Serialization;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Pipelines;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>How pipelines and runs travel: snake case, moments in UTC.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(PipelineDefinition))]
[JsonSerializable(typeof(ThresholdRequest))]
[JsonSerializable(typeof(CreatedPipeline))]
[JsonSerializable(typeof(PipelineDocument))]
[JsonSerializable(typeof(ResultPage<PipelineDocument>))]
[JsonSerializable(typeof(MetricsDocument))]
[JsonSerializable(typeof(TriggeredRun))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(ResultPage<RunSummary>))]
[JsonSerializable(typeof(StepDocument))]
internal sealed partial class PipelineWire : JsonSerializerContext;
