using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.Comparison;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Mlops;

/// <summary><c>POST /mlops/models/compare</c>.</summary>
public sealed class MlopsCompareFunctions(ModelComparer comparer)
{
    /// <summary>Holds two versions of a model against each other: metrics, parameters, inputs, importance, sizes.</summary>
    [Function("CompareMlopsModels")]
    [Operation(Scopes.Read, LimitClass.Read)]
    [Takes<CompareRequest>(typeof(MlopsWire), """{"modelId": "fruit", "version1": "1.0.0", "version2": "latest"}""")]
    [Answers<ComparisonView>(typeof(MlopsWire))]
    [Refuses(ProblemKind.Malformed, "name_invalid")]
    [Refuses(ProblemKind.NotFound, "model_not_found", "model_deleted", "model_version_not_found", "model_version_deleted")]
    [Refuses(ProblemKind.Conflict, "model_corrupt")]
    public async Task<IResult> CompareAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = MlopsModelFunctions.Route + "/compare")] HttpRequest request, CancellationToken cancellationToken)
    {
        CompareRequest body = await JsonBody.ReadAsync(request, MlopsWire.Default.CompareRequest, cancellationToken);
        VersionComparison compared = await comparer.CompareAsync(
            RequestCaller.TenantOf(request), body.ModelId, body.Version1, body.Version2, cancellationToken);
        return ApiResult.Ok(View(compared), MlopsWire.Default.ComparisonView);
    }

    private static ComparisonView View(VersionComparison compared) => new(
        compared.First.ModelName,
        compared.First.Version.ToString(),
        compared.Second.Version.ToString(),
        compared.Metrics.ToDictionary(each => each.Name, each => new ComparedMetric(each.First, each.Second, each.Change, Word(each.Better)), StringComparer.Ordinal),
        Numbers(compared.Parameters),
        compared.Inputs.ToDictionary(each => each.Name, each => new ComparedText(each.First, each.Second), StringComparer.Ordinal),
        compared.Importance is { } importance ? Numbers(importance) : null,
        new(compared.First.Artifact.Bytes, compared.Second.Artifact.Bytes, compared.Second.Artifact.Bytes - compared.First.Artifact.Bytes));

    private static Dictionary<string, ComparedNumber> Numbers(IEnumerable<Difference> differences) =>
        differences.ToDictionary(each => each.Name, each => new ComparedNumber(each.First, each.Second, each.Change), StringComparer.Ordinal);

    private static string? Word(int? better) => better switch
    {
        0 => "equal",
        1 => "version1",
        2 => "version2",
        _ => null,
    };
}
