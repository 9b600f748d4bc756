using System.Security.Cryptography;
using System.Text.Json;
using Trainyard.Domain.Pipelines.Rules;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Problems;
using Trainyard.Learning;
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
            int total = workspace.Rungs(candidates.Length).Sum(rung => rung.Candidates);
            await log.ProgressAsync(total, total, token);
            await log.WriteAsync($"Candidates: {string.Join(", ", candidates.Select(spec => spec.Candidate.Name))}.", token);
            return candidates;
        }, cancellationToken);

    /// <summary>Chooses which candidates of a rung go on to the next: none when the time is up. It reads only, and leaves no record of its own.</summary>
    public async Task<CandidateSpec[]> ChooseNextAsync(RunKey run, IReadOnlyList<CandidateSpec> rung, IReadOnlyList<CandidateScore> scores, CancellationToken cancellationToken) =>
        CandidateRungs.Next(await data.OpenAsync(run, cancellationToken), rung, scores);

    /// <summary>Scores one candidate on the training rows of its rung.</summary>
    /// <returns>Its score; none when the data does not suit the learner or the time is up, which leaves the other candidates in the race.</returns>
    public Task<CandidateScore> TrainAsync(RunKey run, CandidateSpec spec, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.TrainCandidate, spec.Index, async (log, token) =>
        {
            RunWorkspace workspace = await data.OpenAsync(run, token);
            Rung rung = spec.Rung ?? workspace.OnlyRung;
            CandidateScore unscored = new(spec.Index, spec.Candidate.Name, spec.Candidate.Learner, spec.Candidate.Settings, null, null) { Rung = rung.Number, Rows = rung.Rows };
            log.Score(unscored);
            await log.WriteAsync(workspace.Announce(spec.Candidate, rung), token);
            long start = time.GetTimestamp();
            CandidateScore score = await ScoreAsync(workspace, spec, rung, unscored, log, token);
            score = score with { Seconds = time.GetElapsedTime(start).TotalSeconds };
            log.Score(score);
            return score;
        }, cancellationToken);

    /// <summary>Fits the best candidate on all rows but the held-out ones and writes the model file.</summary>
    /// <exception cref="ProblemException"><c>no_candidate_fitted</c>.</exception>
    public Task<FittedModel> RefitAsync(RunKey run, IReadOnlyList<CandidateScore> scores, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.RefitBest, null, async (log, token) =>
        {
            RunWorkspace workspace = await data.OpenAsync(run, token);
            CandidateScore best = BestCandidate.OrSimplest(scores, workspace.Run.Settings.TargetMetric) ?? throw PipelineProblems.Invalid(
                "no_candidate_fitted", "dataset_uri", "No candidate could be fitted on this data; the log of each train_candidate step says why.");
            await log.WriteAsync($"{best.Name} did best; fitting it on all rows but the {workspace.HeldOutRows} held out.", token);
            FittedModel fitted = await SaveAsync(RunFiles.FittedPath(run), await Task.Run(() => workspace.Fit(best, token), token), token);
            await log.WriteAsync($"Wrote {fitted.Bytes} bytes, SHA-256 {fitted.Sha256}.", token);
            return fitted;
        }, cancellationToken);

    /// <summary>Measures the model on the held-out rows, writes what it is worth beside it and into it.</summary>
    public Task<MeasuredModel> EvaluateAsync(RunKey run, CancellationToken cancellationToken) =>
        recorder.TakeAsync(run, StepName.EvaluateModel, null, async (log, token) =>
        {
            RunWorkspace workspace = await data.OpenAsync(run, token);
            ReadOnlyMemory<byte> fitted = await files.ReadFittedAsync(run, token)
                ?? throw new FileNotFoundException("The model file that the run wrote is gone.", RunFiles.FittedPath(run));
            (RunEvaluation evaluation, TrainedModel measured) = await Task.Run(() => workspace.Measure(fitted, token), token);
            await files.WriteEvaluationAsync(run, JsonSerializer.SerializeToUtf8Bytes(evaluation, EvaluationJson.Default.RunEvaluation), token);
            FittedModel saved = await SaveAsync(RunFiles.ModelPath(run), measured, token);
            await log.WriteAsync($"On {evaluation.Rows} held-out rows: {string.Join(", ", evaluation.Metrics.Select(metric => $"{metric.Key} {metric.Value:0.####}"))}.", token);
            return new MeasuredModel(saved, evaluation.Metrics);
        }, cancellationToken);

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

            CandidateResult result = await Task.Run(() => workspace.Score(spec.Candidate, rung, either.Token), either.Token);
            await log.WriteAsync(result.Summary, cancellationToken);
            return unscored with { Score = result.Score, Deviation = result.Deviation };
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

    private async Task<FittedModel> SaveAsync(string path, TrainedModel model, CancellationToken cancellationToken)
    {
        await files.WriteModelAsync(path, model.File, cancellationToken);
        return new FittedModel(
            path, Convert.ToHexStringLower(SHA256.HashData(model.File)), model.File.Length, model.Learner, model.Settings, model.Task, model.TargetColumn, model.Inputs);
    }
}
