using System.Text.Json.Serialization;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>How evaluations are stored; they are answered as they lie.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunEvaluation))]
internal sealed partial class EvaluationJson : JsonSerializerContext;
