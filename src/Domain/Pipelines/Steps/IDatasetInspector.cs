using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Finds the data that a pipeline names and checks that something can be learnt from it.</summary>
public interface IDatasetInspector
{
    /// <summary>Resolves, reads and checks a dataset.</summary>
    /// <param name="tenant">Whose data.</param>
    /// <param name="datasetUri">What the pipeline names; without a version, the latest.</param>
    /// <param name="target">What is to be predicted.</param>
    /// <param name="cancellationToken">Observed while reading.</param>
    /// <exception cref="ProblemException">The dataset cannot be found or read.</exception>
    /// <exception cref="Learning.LearningException">The target is not there, or nothing can be learnt from it.</exception>
    Task<InspectedDataset> InspectAsync(TenantId tenant, string datasetUri, TargetChoice target, CancellationToken cancellationToken);

    /// <summary>Reads the version that a run was validated with.</summary>
    /// <param name="tenant">Whose data.</param>
    /// <param name="dataset">The version.</param>
    /// <param name="target">As for <see cref="InspectAsync"/>.</param>
    /// <param name="cancellationToken">Observed while reading.</param>
    Task<InspectedDataset> OpenAsync(TenantId tenant, RunDataset dataset, TargetChoice target, CancellationToken cancellationToken);
}
