using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>The files of runs, at paths made from the run alone so that a step taken again writes to the same place. Thread safe.</summary>
/// <param name="blobs">Where they lie.</param>
public sealed class RunFiles(IBlobStore blobs)
{
    /// <summary>The container of models and evaluations.</summary>
    public const string Container = "artifacts";

    /// <summary>The path of a run's model file.</summary>
    public static string ModelPath(RunKey run) => $"{Folder(run)}model.tym";

    /// <summary>The path of a run's model as it was fitted, before it was measured.</summary>
    /// <remarks>
    /// A path of its own, so that each path is only ever written with the same bytes: an attempt to fit that was given up
    /// for lost and ends late cannot replace a file whose hash is registered.
    /// </remarks>
    public static string FittedPath(RunKey run) => $"{Folder(run)}fitted.tym";

    /// <summary>Writes a model file of a run, in place of the same one that an earlier attempt wrote.</summary>
    /// <param name="path"><see cref="FittedPath"/> or <see cref="ModelPath"/>.</param>
    /// <param name="model">The file.</param>
    /// <param name="cancellationToken">Observed while writing.</param>
    public async Task WriteModelAsync(string path, byte[] model, CancellationToken cancellationToken)
    {
        using MemoryStream content = new(model, writable: false);
        await blobs.WriteAsync(Container, path, content, overwrite: true, cancellationToken);
    }

    /// <summary>A run's model as it was fitted; null when there is none.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadFittedAsync(RunKey run, CancellationToken cancellationToken) => ReadAsync(FittedPath(run), cancellationToken);

    /// <summary>Removes a run's model as it was fitted; succeeds when there is none.</summary>
    public Task DeleteFittedAsync(RunKey run, CancellationToken cancellationToken) => blobs.DeleteAsync(Container, FittedPath(run), cancellationToken);

    /// <summary>Removes all model files of a run; succeeds when there are none.</summary>
    public async Task DeleteModelsAsync(RunKey run, CancellationToken cancellationToken)
    {
        await DeleteFittedAsync(run, cancellationToken);
        await blobs.DeleteAsync(Container, ModelPath(run), cancellationToken);
    }

    /// <summary>Removes what a run wrote for itself: its evaluation, and the model as it was fitted. A model that may be registered stays. Succeeds when there is nothing.</summary>
    public async Task DeleteOwnAsync(RunKey run, CancellationToken cancellationToken)
    {
        await DeleteFittedAsync(run, cancellationToken);
        await blobs.DeleteAsync(Container, EvaluationPath(run), cancellationToken);
    }

    /// <summary>Writes a run's evaluation, in place of one that an earlier attempt wrote.</summary>
    /// <param name="run">The run.</param>
    /// <param name="json">UTF-8.</param>
    /// <param name="cancellationToken">Observed while writing.</param>
    public async Task WriteEvaluationAsync(RunKey run, byte[] json, CancellationToken cancellationToken)
    {
        using MemoryStream content = new(json, writable: false);
        await blobs.WriteAsync(Container, EvaluationPath(run), content, overwrite: true, cancellationToken);
    }

    /// <summary>A run's evaluation as JSON in UTF-8; null when it was not measured.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadEvaluationAsync(RunKey run, CancellationToken cancellationToken) => ReadAsync(EvaluationPath(run), cancellationToken);

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(Container, path, cancellationToken);
        if (stored is null)
        {
            return null;
        }

        using MemoryStream content = new();
        await stored.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    private static string EvaluationPath(RunKey run) => $"{Folder(run)}evaluation.json";

    private static string Folder(RunKey run) => $"{run.Tenant}/runs/{run.RunId}/";
}
