using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Selection;

/// <summary>Runs the rungs of <see cref="Halving"/> until one is the last or the time is up.</summary>
internal sealed class SuccessiveHalving
{
    /// <summary>Predictions kept of all finalists together, 160 MB; with more of them no ensemble is tried.</summary>
    public const long MaximumKeptOutputs = 20_000_000;

    private readonly Table rows;
    private readonly TargetEncoding target;
    private readonly MetricInfo metric;
    private readonly AutoOptions options;
    private readonly Contender[] all;
    private LearningException? firstFailure;

    /// <param name="rows">Training rows, each with a target where the task has labels.</param>
    /// <param name="target">What to predict.</param>
    /// <param name="metric">What to choose by.</param>
    /// <param name="candidates">The simplest first.</param>
    /// <param name="options">Checked options.</param>
    public SuccessiveHalving(Table rows, TargetEncoding target, MetricInfo metric, IReadOnlyList<Candidate> candidates, AutoOptions options)
    {
        (this.rows, this.target, this.metric, this.options) = (rows, target, metric, options);
        all = [.. candidates.Select((candidate, index) => new Contender(index, candidate))];
    }

    /// <summary>All candidates, in the order of trying.</summary>
    public IReadOnlyList<Contender> Contenders => all;

    /// <summary>Those that finished the last rung with their predictions kept, the best first; empty when time ran out before.</summary>
    public IReadOnlyList<Contender> Finalists { get; private set; } = [];

    /// <summary>Runs the race.</summary>
    /// <exception cref="LearningException">No candidate can be fitted and scored; the error is that of the simplest.</exception>
    public void Run(Deadline deadline, CancellationToken cancellationToken)
    {
        IReadOnlyList<Rung> rungs = Halving.Schedule(all.Length, rows, target, options.Scoring.Folds, cancellationToken);
        List<Contender> active = [.. all];
        foreach (Rung rung in rungs)
        {
            bool isLast = rung.Number == rungs.Count;
            List<Contender>? ranked = Take(rung, active, isLast, deadline, cancellationToken);
            if (ranked is null)
            {
                return;
            }

            if (ranked.Count > 0)
            {
                active = isLast ? ranked : Survivors(ranked, rungs[rung.Number].Candidates);
            }
            else if (isLast)
            {
                throw firstFailure!;
            }
            else
            {
                // What nobody can do on a part of the rows says nothing of all of them.
                active.ForEach(contender => contender.Return());
            }
        }

        Finalists = active;
    }

    /// <summary>Scores the candidates of a rung; null when the time ended before all were scored.</summary>
    private List<Contender>? Take(Rung rung, List<Contender> active, bool isLast, Deadline deadline, CancellationToken cancellationToken)
    {
        Table own = Halving.Sample(rows, target, rung.Rows, options.Scoring.Seed, cancellationToken);
        bool keeps = isLast && KeepsOutputs(active.Count);
        List<(Contender Contender, CrossValidated Scored)> scored = [];
        foreach (Contender contender in active)
        {
            CrossValidated? result = deadline.IsOver ? null : Score(contender, own, rung, keeps, deadline, cancellationToken);
            if (result is not null)
            {
                scored.Add((contender, result));
            }
        }

        bool isWhole = active.TrueForAll(contender => contender.Exit != CandidateExit.TimeUp) && scored.Count == active.Count(contender => contender.Exit != CandidateExit.Failed);
        if (!isWhole)
        {
            active.FindAll(contender => contender.Exit != CandidateExit.Failed).ForEach(contender => contender.Exit = CandidateExit.TimeUp);
        }

        // Scores of a rung that not all took cannot be held against those of others, unless there are no others.
        foreach ((Contender contender, CrossValidated result) in isWhole || rung.Number == 1 ? scored : [])
        {
            contender.Finish(rung, own.RowCount, result);
            options.Progress?.Report(contender.ToEntry());
        }

        return isWhole ? [.. scored.Select(each => each.Contender).OrderBy(contender => Leaderboard.Loss(metric, contender.Scored!.Result.Mean)).ThenBy(contender => contender.Index)] : null;
    }

    private CrossValidated? Score(Contender contender, Table own, Rung rung, bool keeps, Deadline deadline, CancellationToken cancellationToken)
    {
        long start = options.Time.GetTimestamp();
        try
        {
            return CrossValidator.Run(own, target, contender.Candidate, metric, options.Scoring with { Folds = rung.Folds }, keeps, deadline.Token);
        }
        catch (LearningException failure)
        {
            contender.Fail(failure.Code);
            firstFailure ??= failure;
            options.Progress?.Report(contender.ToEntry());
            return null;
        }
        catch (OperationCanceledException) when (deadline.IsOver && !cancellationToken.IsCancellationRequested)
        {
            contender.Exit = CandidateExit.TimeUp;
            return null;
        }
        finally
        {
            contender.Time += options.Time.GetElapsedTime(start);
        }
    }

    private bool KeepsOutputs(int finalists) =>
        options.TriesEnsembles && target.Task.IsSupervised() && (long)rows.RowCount * Math.Max(target.Classes.Count, 1) * finalists <= MaximumKeptOutputs;

    private static List<Contender> Survivors(List<Contender> ranked, int count)
    {
        ranked.Skip(count).ToList().ForEach(contender => contender.Exit = CandidateExit.Outscored);
        return [.. ranked.Take(count)];
    }
}
