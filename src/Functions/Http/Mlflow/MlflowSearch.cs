using System.Globalization;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Goes through models and versions, as MLflow's searches do. Thread safe.</summary>
/// <param name="registry">Has them.</param>
public sealed class MlflowSearch(ModelRegistry registry)
{
    /// <summary>Models that a search goes through at most, by name; whoever has more narrows it by <c>name LIKE</c>.</summary>
    public const int MaxModels = 10_000;

    private static readonly PageRequest Largest = PageRequest.Create(PageRequest.MaxLimit, continuation: null);

    /// <summary>Models that a filter lets through, by name.</summary>
    /// <exception cref="ProblemException"><c>mlflow_parameter_invalid</c>: there are too many to go through.</exception>
    internal async Task<List<RegisteredModel>> ModelsAsync(TenantId tenant, MlflowFilter filter, CancellationToken cancellationToken)
    {
        List<RegisteredModel> found = [];
        int seen = 0;
        PageRequest? page = Largest;
        while (page is not null)
        {
            ResultPage<ModelOverview> models = await registry.ListAsync(tenant, page, cancellationToken);
            seen += models.Items.Count;
            if (seen > MaxModels)
            {
                throw MlflowProblems.Invalid($"There are over {MaxModels} models; search by /api/v1/models?name= instead.", "filter");
            }

            found.AddRange(models.Items.Select(each => each.Model).Where(model => filter.Lets(_ => model.Name, model.Tags)));
            page = models.Continuation is { } more ? PageRequest.Create(PageRequest.MaxLimit, more) : null;
        }

        return found;
    }

    /// <summary>The versions of a model that a filter lets through, newest first.</summary>
    internal async Task<List<ModelVersion>> VersionsAsync(TenantId tenant, string model, MlflowFilter filter, CancellationToken cancellationToken)
    {
        List<ModelVersion> found = [];
        PageRequest? page = Largest;
        while (page is not null)
        {
            ResultPage<ModelVersion> versions = await registry.VersionsAsync(tenant, model, page, cancellationToken);
            found.AddRange(versions.Items.Where(version => filter.Lets(attribute => Attribute(version, attribute), version.Tags)));
            page = versions.Continuation is { } more ? PageRequest.Create(PageRequest.MaxLimit, more) : null;
        }

        return found;
    }

    /// <summary>The newest version of each stage, in the order of a version's life.</summary>
    internal async Task<IEnumerable<ModelVersion>> NewestOfStagesAsync(TenantId tenant, string model, CancellationToken cancellationToken)
    {
        List<ModelVersion> versions = await VersionsAsync(tenant, model, MlflowFilter.Parse(text: null), cancellationToken);
        return versions.GroupBy(version => version.Stage).OrderBy(stage => stage.Key).Select(stage => stage.First());
    }

    private static string? Attribute(ModelVersion version, string name) => name switch
    {
        "name" => version.ModelName,
        "run_id" => MlflowMapping.RunId(version),
        "source_path" => MlflowMapping.Source(version),
        _ => version.Sequence.ToString(CultureInfo.InvariantCulture),
    };
}
