using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>Compares candidates.</summary>
public static class BestCandidate
{
    /// <summary>The best score; of equal ones the first in the list, which is the simpler. Null when no candidate could be fitted.</summary>
    /// <param name="scores">How candidates did.</param>
    /// <param name="metric">The metric's name, which knows the direction.</param>
    public static CandidateScore? Of(IEnumerable<CandidateScore> scores, string metric)
    {
        MetricInfo info = MetricCatalog.Get(metric);
        CandidateScore? best = null;
        foreach (CandidateScore candidate in scores.Where(candidate => candidate.Score is not null).OrderBy(candidate => candidate.Index))
        {
            if (best is null || info.IsBetter(candidate.Score!.Value, best.Score!.Value))
            {
                best = candidate;
            }
        }

        return best;
    }
}
