using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;

namespace Trainyard.Functions.Http.Pipelines;

/// <summary>How far a run's search for the best candidate is.</summary>
/// <param name="CandidatesTotal">Candidates to try; 0 until they are chosen.</param>
/// <param name="CandidatesDone">Candidates tried.</param>
/// <param name="Metric">What scores are in.</param>
/// <param name="BestScore">The best mean score over the folds; null before the first.</param>
/// <param name="BestLearner">Its learner.</param>
internal sealed record RunProgress(int CandidatesTotal, int CandidatesDone, string Metric, double? BestScore, string? BestLearner)
{
    public static RunProgress Of(PipelineRun run, IReadOnlyList<RunStep> steps)
    {
        int total = steps.FirstOrDefault(step => step.Name == StepName.ChooseCandidates)?.Total ?? 0;
        int done = steps.Count(step => step.Name == StepName.TrainCandidate && step.FinishedAt is not null);
        CandidateScore? best = BestCandidate.Of(steps.Select(step => step.Score).OfType<CandidateScore>(), run.Settings.TargetMetric);
        return new RunProgress(total, done, run.Settings.TargetMetric, best?.Score, best?.Learner);
    }
}
