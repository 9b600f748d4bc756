using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Serving;
using Trainyard.Functions.Access;

namespace Trainyard.Functions.Http.Serving;

/// <summary><c>POST /api/v1/models/{id}/predict</c>: predicts rows by column name with what is deployed.</summary>
public sealed class PredictFunctions(Predictor predictor)
{
    private const int AnswerBytes = 512;

    /// <summary>Predicts. <c>{id}</c> is a model's id or name.</summary>
    [Function("Predict")]
    [Operation(Scopes.Predict, LimitClass.Predict)]
    public async Task<IResult> PredictAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/models/{id}/predict")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        using RentedBytes body = await JsonBody.ReadBytesAsync(request, predictor.MaxBodyBytes, cancellationToken);
        RentedBytes answer = new(AnswerBytes);
        try
        {
            await predictor.PredictAsync(RequestCaller.TenantOf(request), id, body.Memory, answer, cancellationToken);
            return new RentedJsonResult(answer);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
