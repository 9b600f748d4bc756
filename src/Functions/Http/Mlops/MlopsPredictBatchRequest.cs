using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Trainyard.Domain.Json;
using Trainyard.Domain.Serving;

namespace Trainyard.Functions.Http.Mlops;

/// <summary>Asks for several predictions, of one model or of several.</summary>
/// <param name="Requests">At least one.</param>
/// <param name="Errors">What to do about requests that cannot be answered: <c>refuse</c> them all, or <c>per_row</c> answer the others; refuse unless it is there.</param>
/// <remarks>For the description alone: <see cref="Domain.Serving.Faces.MultiPredictor"/> reads bodies without making objects of them.</remarks>
internal sealed record MlopsPredictBatchRequest(
    [property: JsonRequired, Length(1, ServingOptions.DefaultMaxRows)] IReadOnlyList<MlopsPredictRequest> Requests,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), OneOf(typeof(PredictWords), nameof(PredictWords.Errors))] string? Errors = null);
