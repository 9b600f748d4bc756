using Trainyard.Domain.Datasets;
using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>The steps of a run that look at data. Each may be taken again. Thread safe.</summary>
/// <param name="book">The heads of runs.</param>
/// <param name="recorder">Keeps the records of steps.</param>
/// <param name="inspector">Finds and reads data.</param>
/// <param name="catalog">Knows the profiles of datasets.</param>
public sealed class DataSteps(RunBook book, StepRecorder recorder, IDatasetInspector inspector, DatasetCatalog catalog)
{
    /// <summary>Settles on one version of the dataset and checks it against target and metric.</summary>
    /// <exception cref="Problems.ProblemException">The dataset cannot be found, or its task is not what the metric measures.</exception>
    /// <exception cref="LearningException">Nothing can be learnt from it.</exception>
    public Task<RunDataset> ValidateAsync(RunKey run, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.ValidateDataset, null, async (log, token) =>
        {
            PipelineRun head = await book.GetAsync(run, token);
            PipelineSettings settings = head.Settings;
            InspectedDataset data = head.Dataset is { } settled
                ? await inspector.OpenAsync(RunBook.Tenant(run), settled, TargetChoice.Of(settings), token)
                : await inspector.InspectAsync(RunBook.Tenant(run), settings.DatasetUri, TargetChoice.Of(settings), token);
            DefinitionRules.CheckTask(MetricCatalog.Get(settings.TargetMetric), data.Task);
            IRunKind kind = RunKinds.Of(settings);
            kind.Check(settings, data);
            await book.NoteDatasetAsync(run, data.Source, token);
            await log.WriteAsync($"Dataset {data.Source.Name}, version {data.Source.Version}: {data.Table.RowCount} rows, {data.Table.Columns.Count} columns, SHA-256 {data.Source.Sha256}.", token);
            await log.WriteAsync(kind.Describe(settings, data), token);
            return data.Source;
        }, cancellationToken);

    /// <summary>Describes the columns.</summary>
    /// <returns>The number of columns.</returns>
    public Task<int> ProfileAsync(RunKey run, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.ProfileDataset, null, async (log, token) =>
        {
            RunDataset dataset = (await book.GetAsync(run, token)).Dataset!;
            DatasetVersion version = await catalog.GetAsync(RunBook.Tenant(run), dataset.Name, dataset.Version, token);
            TableProfile profile = await catalog.ProfileAsync(RunBook.Tenant(run), version, token);
            IEnumerable<string> types = profile.Columns.CountBy(column => column.Type).Select(count => $"{count.Value} {count.Key.ToString().ToLowerInvariant()}");
            await log.WriteAsync($"Columns by type: {string.Join(", ", types)}.", token);
            int missing = profile.Columns.Count(column => column.Missing > 0);
            await log.WriteAsync(missing == 0 ? "No value is missing." : $"{missing} columns have missing values, {profile.Columns.Sum(column => (long)column.Missing)} in all.", token);
            return profile.Columns.Count;
        }, cancellationToken);

    /// <summary>Parts the rows and says how.</summary>
    /// <returns>The number of held-out rows.</returns>
    public Task<int> SplitAsync(RunKey run, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.SplitDataset, null, async (log, token) =>
        {
            RunWorkspace workspace = await OpenAsync(run, token);
            foreach (string sentence in workspace.Division)
            {
                await log.WriteAsync(sentence, token);
            }

            return workspace.HeldOutRows;
        }, cancellationToken);

    /// <summary>A run's rows by what they are for.</summary>
    internal async Task<RunWorkspace> OpenAsync(RunKey run, CancellationToken cancellationToken)
    {
        PipelineRun head = await book.GetAsync(run, cancellationToken);
        InspectedDataset data = await inspector.OpenAsync(RunBook.Tenant(run), head.Dataset!, TargetChoice.Of(head.Settings), cancellationToken);
        return RunKinds.Of(head.Settings).Open(head, data);
    }
}
