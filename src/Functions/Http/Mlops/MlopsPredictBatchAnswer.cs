using System.Text.Json;

namespace Trainyard.Functions.Http.Mlops;

/// <summary>Predictions, in the order of the requests.</summary>
/// <param name="Predictions">Each as of <c>POST /mlops/predict</c>; where errors are given per row, a request that could not be answered is <c>{"error": {"code", "detail", "field"}}</c>.</param>
/// <param name="Total">Requests.</param>
/// <param name="Failed">Of them, requests that could not be answered.</param>
internal sealed record MlopsPredictBatchAnswer(IReadOnlyList<JsonElement> Predictions, int Total, int Failed);
