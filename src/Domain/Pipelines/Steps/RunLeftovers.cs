using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Removes what a closed run leaves lying: every model file but one that is registered. Thread safe.</summary>
/// <param name="registry">Knows what is registered.</param>
/// <param name="files">Model files.</param>
public sealed class RunLeftovers(ModelRegistry registry, RunFiles files)
{
    /// <summary>Removes the files of a closed run and keeps it from registering later. May be repeated.</summary>
    /// <param name="run">The run.</param>
    /// <param name="modelName">The model that it is about.</param>
    /// <param name="cancellationToken">Observed while removing.</param>
    /// <returns>The version that the run registered, which stays with its file; null when it registered none.</returns>
    public async Task<ModelVersion?> RemoveAsync(RunKey run, string modelName, CancellationToken cancellationToken)
    {
        // Settled before the file goes: a registration that is still under way must not come to name a file that is gone.
        ModelVersion? version = await registry.SealRegistrationAsync(RunBook.Tenant(run), modelName, run.RunId, cancellationToken);
        if (version is null)
        {
            await files.DeleteModelsAsync(run, cancellationToken);
        }
        else
        {
            await files.DeleteFittedAsync(run, cancellationToken);
        }

        return version;
    }

    /// <summary>Removes what a run wrote for itself though it was removed; a model that may be registered stays.</summary>
    public Task RemoveOwnAsync(RunKey run, CancellationToken cancellationToken) => files.DeleteOwnAsync(run, cancellationToken);
}
