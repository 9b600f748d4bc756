using System.Text.Json;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>A predicted row as the log has it. What has no value is null here, and absent in a line.</summary>
/// <param name="Time">When it was answered.</param>
/// <param name="PredictionId">The id that its caller was told; where the target is personal, without what was predicted.</param>
/// <param name="Model">The name of the model.</param>
/// <param name="Version">The version that answered, as <c>v5</c>.</param>
/// <param name="Deployment">The number of the deployment; null when the caller forced the version.</param>
/// <param name="Row">The 1-based number of the row, or of the step of a forecast, in its request.</param>
/// <param name="CorrelationId">What finds everything that its request caused; null when nobody follows it.</param>
/// <param name="Caller">The hash of who asked, as splits of traffic know them; null for anybody.</param>
/// <param name="Inputs">Every column of the model as it was used: null where it was missing, a hash where it is personal. Of a forecast <c>horizon</c> and <c>level</c>.</param>
/// <param name="Prediction">The label or the number; a hash where the target is personal.</param>
/// <param name="Probabilities">A value for each label; null where numbers are predicted.</param>
/// <param name="Forecast">Which step it is; null for rows.</param>
/// <param name="LatencyMs">Milliseconds from the parsed arrival of its request to the written answer.</param>
/// <param name="LogRate">The share of requests that was logged then: a row stands for 1 / <c>log_rate</c> rows.</param>
public sealed record LoggedPrediction(
    DateTimeOffset Time,
    string PredictionId,
    string Model,
    string Version,
    int? Deployment,
    int Row,
    string? CorrelationId,
    string? Caller,
    IReadOnlyDictionary<string, JsonElement> Inputs,
    JsonElement Prediction,
    IReadOnlyDictionary<string, double>? Probabilities,
    LoggedStep? Forecast,
    double LatencyMs,
    double LogRate);
