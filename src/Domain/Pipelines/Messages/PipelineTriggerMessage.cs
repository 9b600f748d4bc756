using System.Text.Json.Serialization;
using Trainyard.Domain.Messages;

namespace Trainyard.Domain.Pipelines.Messages;

/// <summary>A message that starts a run of a pipeline.</summary>
/// <param name="PipelineId">The pipeline.</param>
public sealed record PipelineTriggerMessage([property: JsonRequired] string PipelineId) : PlatformMessage;
