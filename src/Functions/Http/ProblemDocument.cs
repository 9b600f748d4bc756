using System.Text.Json.Serialization;

namespace Trainyard.Functions.Http;

/// <summary>Problem details as RFC 9457 has them, with our extension members.</summary>
/// <param name="Type">A URN made of the code; <c>docs/problems.md</c> explains each.</param>
/// <param name="Title">The family, in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and what would be right.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="Code">Stable snake-case code.</param>
/// <param name="Field">The field, column or parameter at fault.</param>
/// <param name="Row">The 1-based row or line at fault.</param>
/// <param name="TraceId">Finds the request in the logs.</param>
/// <param name="ErrorCode">MLflow's code, on the paths that its client asks.</param>
/// <param name="Message">The detail once more, where MLflow's client looks for it.</param>
/// <param name="Error">The detail once more, where clients of the Open Inference Protocol look for it.</param>
internal sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Row,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErrorCode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error);
