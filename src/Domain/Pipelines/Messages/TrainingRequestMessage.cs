using System.Text.Json.Serialization;
using Trainyard.Domain.Messages;

namespace Trainyard.Domain.Pipelines.Messages;

/// <summary>A message that has a model trained: it makes a pipeline and starts its first run.</summary>
/// <param name="Request">The pipeline, as over HTTP; without a schedule it runs this once.</param>
public sealed record TrainingRequestMessage([property: JsonRequired] PipelineDefinition Request) : PlatformMessage;
