using System.Reflection;
using Trainyard.Domain.Alerts;
using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>The steps of a run that decide and release. Each may be taken again: registration and deployment go by the run's id. Thread safe.</summary>
/// <param name="book">The heads of runs.</param>
/// <param name="recorder">Keeps the records of steps.</param>
/// <param name="registry">Versions and deployments.</param>
/// <param name="files">Model files.</param>
/// <param name="alerts">Told of degradation.</param>
/// <param name="audit">Told of deployments.</param>
public sealed class ReleaseSteps(RunBook book, StepRecorder recorder, ModelRegistry registry, RunFiles files, AlertLog alerts, RunAudit audit)
{
    private static readonly string CodeVersion =
        typeof(ReleaseSteps).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Holds the target metric against the threshold.</summary>
    /// <returns>Whether the version may be released.</returns>
    /// <exception cref="Problems.ProblemException"><c>metric_undefined</c>: the held-out rows leave the metric undefined.</exception>
    public Task<bool> ApplyGateAsync(RunKey run, MeasuredModel measured, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.ApplyGate, null, async (log, token) =>
        {
            PipelineSettings settings = (await book.GetAsync(run, token)).Settings;
            MetricInfo metric = MetricCatalog.Get(settings.TargetMetric);
            double value = ValueOf(metric, measured);
            bool passed = metric.Meets(value, settings.Threshold);
            string bound = metric.BiggerIsBetter ? "at least" : "at most";
            await log.WriteAsync($"{metric.Name} is {value:0.####} and must be {bound} {settings.Threshold:0.####}: {(passed ? "passed" : "not passed")}.", token);
            return passed;
        }, cancellationToken);

    /// <summary>Registers the version, once per run.</summary>
    public Task<RunArtifacts> RegisterAsync(RunKey run, MeasuredModel measured, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.RegisterVersion, null, async (log, token) =>
        {
            PipelineRun head = await book.GetAsync(run, token);
            FittedModel model = measured.Model;
            ModelLineage lineage = new(
                head.Dataset!.Name, head.Dataset.Version, head.Dataset.Sha256, run.RunId, run.PipelineId, model.TargetColumn, (ulong)head.Settings.Seed, CodeVersion);
            ModelRegistration registration = new(
                head.Settings.ModelName, model.Task, model.Learner, model.Settings, model.Inputs, measured.Metrics,
                new ModelArtifact(RunFiles.Container, model.Path, model.Sha256, model.Bytes), lineage)
            {
                PersonalColumns = head.Settings.PersonalColumns ?? [],
            };
            ModelVersion version = await registry.RegisterAsync(RunBook.Tenant(run), registration, token);
            await log.WriteAsync($"Registered {version.ModelName} {version.Label} ({version.Version}), {model.Bytes} bytes, SHA-256 {model.Sha256}.", token);
            return new RunArtifacts(version.Uri, version.Label);
        }, cancellationToken);

    /// <summary>Deploys the version that the run registered.</summary>
    /// <returns>Its sequence number.</returns>
    public Task<int> DeployAsync(RunKey run, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.DeployVersion, null, async (log, token) =>
        {
            PipelineRun head = await book.GetAsync(run, token);
            ModelVersion version = await FindVersionAsync(run, head, token)
                ?? throw new InvalidOperationException($"Run {run.RunId} deploys before it registered.");
            Deployment deployment = await registry.DeployAsync(RunBook.Tenant(run), head.Settings.ModelName, version.Sequence, run.RunId, token);
            await audit.DeployedAsync(run, version.ModelName, deployment, token);
            string before = deployment.PreviousSequence is { } previous ? $" in place of {ModelVersion.LabelOf(previous)}" : "";
            await log.WriteAsync($"Deployed {version.ModelName} {version.Label}{before}.", token);
            return version.Sequence;
        }, cancellationToken);

    /// <summary>Raises alerts where the metric asks for it, adds the result to the history and ends the run, in this order: an ended run has its alerts.</summary>
    /// <param name="run">The run.</param>
    /// <param name="measured">The model and its metrics.</param>
    /// <param name="outcome">How the run ends: deployed, completed or rejected.</param>
    /// <param name="cancellationToken">Observed while storing.</param>
    /// <returns>How the run ended; a run that is over stays as it ended.</returns>
    /// <exception cref="RunStoppedException">The run is about to be undone.</exception>
    public async Task<RunStatus> RecordResultAsync(RunKey run, MeasuredModel measured, RunStatus outcome, CancellationToken cancellationToken)
    {
        PipelineRun head = await book.GetAsync(run, cancellationToken);
        if (head.Status.IsEnd())
        {
            return head.Status;
        }

        RunArtifacts? artifacts = await recorder.TakeAsync(run, StepName.RecordResult, null, async (log, token) =>
        {
            await RaiseAlertsAsync(run, head, measured, log, token);
            if (outcome == RunStatus.Rejected)
            {
                await files.DeleteModelsAsync(run, token);
                await log.WriteAsync("The model was not good enough, so its file is removed; its evaluation stays.", token);
            }
            else
            {
                await files.DeleteFittedAsync(run, token);
            }

            await log.WriteAsync($"The run ends {outcome.ToString().ToLowerInvariant()} and enters the metrics history.", token);
            return await FindVersionAsync(run, head, token) is { } version ? new RunArtifacts(version.Uri, version.Label) : null;
        }, cancellationToken);

        // Ended after its last step's record, so that whoever sees the end sees every step complete.
        PipelineRun ended = (await book.EndAsync(run, new RunOutcome(outcome) { Metrics = measured.Metrics, Artifacts = artifacts }, cancellationToken)).Run;
        return ended.Status.IsEnd() ? ended.Status : throw new RunStoppedException(run);
    }

    private static double ValueOf(MetricInfo metric, MeasuredModel measured) => measured.Metrics.TryGetValue(metric.Name, out double value)
        ? value
        : throw PipelineProblems.Invalid("metric_undefined", "target_metric", $"'{metric.Name}' is undefined on the held-out rows: they do not hold every class, or the target does not vary. Use more rows or another metric.");

    private Task<ModelVersion?> FindVersionAsync(RunKey run, PipelineRun head, CancellationToken cancellationToken) =>
        registry.FindByRunAsync(RunBook.Tenant(run), head.Settings.ModelName, run.RunId, cancellationToken);

    private async Task RaiseAlertsAsync(RunKey run, PipelineRun head, MeasuredModel measured, StepLog log, CancellationToken cancellationToken)
    {
        TenantId tenant = RunBook.Tenant(run);
        RunMetrics? previous = await book.PreviousAsync(run, cancellationToken);
        foreach (Alert alert in AlertRules.Of(head, measured.Metrics, previous?.Metrics))
        {
            await alerts.RaiseAsync(tenant, alert, cancellationToken);
            await log.WriteAsync($"Alert: {alert.Message}", cancellationToken);
        }
    }
}
