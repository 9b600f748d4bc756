using System.Text.Json.Serialization;

namespace Trainyard.Domain.Pipelines.Messages;

/// <summary>How messages travel: snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PipelineTriggerMessage))]
[JsonSerializable(typeof(TrainingRequestMessage))]
internal sealed partial class PipelineMessageJson : JsonSerializerContext;
