using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>A run's data by what it is for, and what its kind of model makes of it. Data and settings decide everything, so that every step of a run finds the same.</summary>
/// <param name="run">The run.</param>
internal abstract class RunWorkspace(PipelineRun run)
{
    /// <summary>The run.</summary>
    public PipelineRun Run { get; } = run;

    /// <summary>Rows that no fitting or choosing step sees.</summary>
    public abstract int HeldOutRows { get; }

    /// <summary>How the data is divided, in sentences for the run's log.</summary>
    public abstract IReadOnlyList<string> Division { get; }

    /// <summary>The rung of a run that has one alone: of all rows that are not held out.</summary>
    public abstract Rung OnlyRung { get; }

    /// <summary>What to try, the simplest first: with a time budget as much as makes sense, else a short list.</summary>
    public abstract IReadOnlyList<Candidate> Candidates();

    /// <summary>The rungs of successive halving for a number of candidates, the first first.</summary>
    public abstract IReadOnlyList<Rung> Rungs(int candidates);

    /// <summary>Says before it begins how a candidate is scored.</summary>
    public abstract string Announce(Candidate candidate, Rung rung);

    /// <summary>Scores a candidate by the target metric, on the rows of its rung.</summary>
    /// <exception cref="LearningException">The data does not suit the candidate.</exception>
    public abstract CandidateResult Score(Candidate candidate, Rung rung, CancellationToken cancellationToken);

    /// <summary>Fits a candidate on all rows but the held-out ones.</summary>
    public abstract TrainedModel Fit(CandidateScore best, CancellationToken cancellationToken);

    /// <summary>Measures a fitted model on the held-out rows.</summary>
    /// <param name="file">What <see cref="Fit"/> made.</param>
    /// <param name="cancellationToken">Observed many times a second.</param>
    /// <returns>What it is worth, and the model as it is to be released, which knows that.</returns>
    public abstract (RunEvaluation Evaluation, TrainedModel Model) Measure(ReadOnlyMemory<byte> file, CancellationToken cancellationToken);
}
