using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Serving.Tables;

namespace Trainyard.Domain.Serving.Inference;

/// <summary>Describes what is served in the words of the Open Inference Protocol. Thread safe.</summary>
/// <param name="cache">What is served.</param>
public sealed class InferenceModels(ModelCache cache)
{
    /// <summary>Loads a model, unless it is loaded, and describes it.</summary>
    /// <param name="call">Which.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">
    /// <c>name_invalid</c>, <c>model_not_found</c>, <c>model_not_deployed</c>, <c>model_corrupt</c>, <c>model_too_large</c>; of a version
    /// <c>model_version_not_found</c>, <c>model_version_deleted</c>, <c>model_file_elsewhere</c>.
    /// </exception>
    public async Task<InferenceModel> GetAsync(ModelCall call, CancellationToken cancellationToken)
    {
        ServingPlan plan = await cache.GetAsync(call.Tenant, call.Model, call.Version, cancellationToken);
        ModelVersion version = plan.Primary.Model.Version;
        return plan.Primary.Model.Model is ServedTable table
            ? new(version.ModelName, version.Label, version.Learner, InferenceSignature.InputsOf(table), InferenceSignature.OutputsOf(table))
            : new(version.ModelName, version.Label, version.Learner, [], []);
    }
}
