using System.Security.Cryptography;
using System.Text.Json;
using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Learning;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>The steps of a run that fit and measure. Data and seed decide their results, so each may be taken again. Thread safe.</summary>
/// <param name="recorder">Keeps the records of steps.</param>
/// <param name="data">Opens a run's rows.</param>
/// <param name="files">Model files and evaluations.</param>
/// <param name="time">The clock.</param>
public sealed class TrainingSteps(StepRecorder recorder, DataSteps data, RunFiles files, TimeProvider time)
{
    /// <summary>Chooses what to try by task and size.</summary>
    public Task<CandidateSpec[]> ChooseAsync(RunKey run, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.ChooseCandidates, null, async (log, token) =>
        {
            RunWorkspace workspace = await data.OpenAsync(run, token);
            CandidateSpec[] candidates = CandidateRungs.First(workspace, time.GetUtcNow());
            int total = CandidateRungs.Of(workspace, candidates.Length).Sum(rung => rung.Candidates);
            await log.ProgressAsync(total, total, token);
            await log.WriteAsync($"Candidates: {string.Join(", ", candidates.Select(spec => spec.Candidate.Name))}.", token);
            return candidates;
        }, cancellationToken);

    /// <summary>Chooses which candidates of a rung go on to the next: none when the time is up. It reads only, and leaves no record of its own.</summary>
    public async Task<CandidateSpec[]> ChooseNextAsync(RunKey run, IReadOnlyList<CandidateSpec> rung, IReadOnlyList<CandidateScore> scores, CancellationToken cancellationToken) =>
        CandidateRungs.Next(await data.OpenAsync(run, cancellationToken), rung, scores);

    /// <summary>Scores one candidate by cross-validation on the training rows of its rung.</summary>
    /// <returns>Its score; none when the data does not suit the learner or the time is up, which leaves the other candidates in the race.</returns>
    public Task<CandidateScore> TrainAsync(RunKey run, CandidateSpec spec, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.TrainCandidate, spec.Index, async (log, token) =>
        {
            RunWorkspace workspace = await data.OpenAsync(run, token);
            Rung rung = spec.Rung ?? new Rung(1, workspace.Training.RowCount, 1, CrossValidationOptions.DefaultFolds);
            CandidateScore unscored = new(spec.Index, spec.Candidate.Name, spec.Candidate.Learner, spec.Candidate.Settings, null, null) { Rung = rung.Number, Rows = rung.Rows };
            log.Score(unscored);
            await log.WriteAsync($"Cross-validating {spec.Candidate.Name} on {rung.Rows} rows.", token);
            long start = time.GetTimestamp();
            CandidateScore score = await ScoreAsync(workspace, spec, rung, unscored, log, token);
            score = score with { Seconds = time.GetElapsedTime(start).TotalSeconds };
            log.Score(score);
            return score;
        }, cancellationToken);

    /// <summary>Fits the best candidate on training and validation rows and writes the model file.</summary>
    /// <exception cref="ProblemException"><c>no_candidate_fitted</c>.</exception>
    public Task<FittedModel> RefitAsync(RunKey run, IReadOnlyList<CandidateScore> scores, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.RefitBest, null, async (log, token) =>
        {
            RunWorkspace workspace = await data.OpenAsync(run, token);
            CandidateScore best = BestCandidate.OrSimplest(scores, workspace.Run.Settings.TargetMetric) ?? throw PipelineProblems.Invalid(
                "no_candidate_fitted", "dataset_uri", "No candidate could be fitted on this data; the log of each train_candidate step says why.");
            await log.WriteAsync($"{best.Name} did best; fitting it on {workspace.Fitting.RowCount} rows.", token);
            TabularModel model = await Task.Run(() => Fit(workspace, best, token), token);
            FittedModel fitted = await SaveAsync(RunFiles.FittedPath(run), model, token);
            await log.WriteAsync($"Wrote {fitted.Bytes} bytes, SHA-256 {fitted.Sha256}.", token);
            return fitted;
        }, cancellationToken);

    /// <summary>Measures the model on the held-out rows, writes what it is worth beside it and into it.</summary>
    public Task<MeasuredModel> EvaluateAsync(RunKey run, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.EvaluateModel, null, async (log, token) =>
        {
            RunWorkspace workspace = await data.OpenAsync(run, token);
            TabularModel model = await LoadAsync(run, token);
            (RunEvaluation evaluation, Evaluation measured) = await Task.Run(() => Measure(workspace, model, token), token);
            await files.WriteEvaluationAsync(run, JsonSerializer.SerializeToUtf8Bytes(evaluation, EvaluationJson.Default.RunEvaluation), token);
            FittedModel saved = await SaveAsync(RunFiles.ModelPath(run), model.With(model.Lineage with { Evaluation = measured }), token);
            await log.WriteAsync($"On {evaluation.Rows} held-out rows: {string.Join(", ", evaluation.Metrics.Select(metric => $"{metric.Key} {metric.Value:0.####}"))}.", token);
            return new MeasuredModel(saved, evaluation.Metrics);
        }, cancellationToken);

    private static ModelType? TypeOf(RunWorkspace workspace) => ModelType.Find(workspace.Run.Settings.ModelType);

    private async Task<CandidateScore> ScoreAsync(RunWorkspace workspace, CandidateSpec spec, Rung rung, CandidateScore unscored, StepLog log, CancellationToken cancellationToken)
    {
        TimeSpan? left = spec.Deadline - time.GetUtcNow();
        using CancellationTokenSource budget = left is { } rest ? new CancellationTokenSource(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time) : new CancellationTokenSource();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            if (left <= TimeSpan.Zero)
            {
                throw new OperationCanceledException(budget.Token);
            }

            CrossValidationResult result = await Task.Run(() => Score(workspace, spec.Candidate, rung, either.Token), either.Token);
            await log.WriteAsync($"{result.Metric} {result.Mean:0.####} ± {result.StandardDeviation:0.####} over {result.FoldScores.Count} folds.", cancellationToken);
            return unscored with { Score = result.Mean, Deviation = result.StandardDeviation };
        }
        catch (LearningException unfit)
        {
            await log.WriteAsync($"{spec.Candidate.Name} is out of the race ({unfit.Code}): {unfit.Message}", cancellationToken);
            return unscored with { Code = unfit.Code };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && spec.Deadline <= time.GetUtcNow())
        {
            await log.WriteAsync($"The time budget ended before {spec.Candidate.Name} was scored.", cancellationToken);
            return unscored with { TimeUp = true };
        }
    }

    private static CrossValidationResult Score(RunWorkspace workspace, Candidate candidate, Rung rung, CancellationToken cancellationToken) =>
        CrossValidator.Score(
            Halving.Sample(workspace.Training, workspace.Target, rung.Rows, (ulong)workspace.Run.Settings.Seed),
            workspace.Target,
            candidate,
            MetricCatalog.Get(workspace.Run.Settings.TargetMetric),
            new CrossValidationOptions((ulong)workspace.Run.Settings.Seed)
            {
                Folds = rung.Folds,
                Monotone = workspace.Run.Settings.Monotone,
                BalanceClasses = TypeOf(workspace) is { BalanceClasses: true },
                Standardize = TypeOf(workspace) is { Standardize: true },
            },
            cancellationToken);

    private static TabularModel Fit(RunWorkspace workspace, CandidateScore best, CancellationToken cancellationToken)
    {
        RunDataset? dataset = workspace.Run.Dataset;
        TabularFit fit = new(workspace.Fitting, workspace.Target, LearnerCatalog.Get(best.Learner))
        {
            Settings = new LearnerSettings(best.Settings),
            Monotone = workspace.Run.Settings.Monotone,
            BalanceClasses = TypeOf(workspace) is { BalanceClasses: true },
            Standardize = TypeOf(workspace) is { Standardize: true },
            Options = new FitOptions((ulong)workspace.Run.Settings.Seed),
            Dataset = dataset is null ? null : $"dataset://{dataset.Name}/{dataset.Version}",
            DatasetSha256 = dataset?.Sha256,
        };
        return TabularTrainer.Fit(fit, cancellationToken);
    }

    private static (RunEvaluation Shown, Evaluation Measured) Measure(RunWorkspace workspace, TabularModel model, CancellationToken cancellationToken)
    {
        Evaluation evaluation = model.Evaluate(workspace.Test, Environment.ProcessorCount, cancellationToken);
        MetricInfo metric = MetricCatalog.Get(workspace.Run.Settings.TargetMetric);

        // Where these rows leave the metric undefined, the gate says so; importances in it would only say it first.
        IReadOnlyList<ColumnImportance> importances = evaluation.Metrics.ContainsKey(metric.Name)
            ? PermutationImportance.Measure(model, workspace.Test, metric, new PermutationOptions((ulong)workspace.Run.Settings.Seed), cancellationToken)
            : [];
        RunEvaluation shown = new(
            evaluation.RowCount, Named(evaluation.Metrics), evaluation.Classes, evaluation.Confusion, importances, PredictedRows.Of(model, workspace.Test));
        return (shown, evaluation);
    }

    // Clients of the first API read the logarithmic loss under this name.
    private static SortedDictionary<string, double> Named(IReadOnlyDictionary<string, double> metrics)
    {
        SortedDictionary<string, double> named = new(StringComparer.Ordinal);
        foreach ((string name, double value) in metrics)
        {
            named[name] = value;
        }

        if (metrics.TryGetValue(MetricNames.LogLoss, out double loss))
        {
            named["loss"] = loss;
        }

        return named;
    }

    private async Task<TabularModel> LoadAsync(RunKey run, CancellationToken cancellationToken)
    {
        await using Stream stored = await files.OpenFittedAsync(run, cancellationToken)
            ?? throw new FileNotFoundException("The model file that the run wrote is gone.", RunFiles.FittedPath(run));
        return await TabularModelFile.ReadAsync(stored, cancellationToken);
    }

    private async Task<FittedModel> SaveAsync(string path, TabularModel model, CancellationToken cancellationToken)
    {
        byte[] file = TabularModelFile.ToBytes(model);
        await files.WriteModelAsync(path, file, cancellationToken);
        return new FittedModel(
            path,
            Convert.ToHexStringLower(SHA256.HashData(file)),
            file.Length,
            model.Lineage.Learner,
            model.Lineage.Settings,
            model.Task.Word(),
            model.Target.Column,
            [.. model.Inputs.Columns.Select(column => new ModelInput(column.Name, column.Type.ToString().ToLowerInvariant()))]);
    }
}
