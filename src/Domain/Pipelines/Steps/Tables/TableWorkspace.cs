using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Registry;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Splitting;

namespace Trainyard.Domain.Pipelines.Steps.Tables;

/// <summary>The rows of a table by what they are for.</summary>
internal sealed class TableWorkspace : RunWorkspace
{
    private readonly TargetEncoding target;
    private readonly Table training;
    private readonly Table fitting;
    private readonly Table test;
    private readonly int droppedRows;

    private TableWorkspace(PipelineRun run, TargetEncoding target, Table training, Table fitting, Table test, int droppedRows)
        : base(run) =>
        (this.target, this.training, this.fitting, this.test, this.droppedRows) = (target, training, fitting, test, droppedRows);

    /// <inheritdoc/>
    public override int HeldOutRows => test.RowCount;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Division
    {
        get
        {
            string parts = $"{training.RowCount} rows to train on, {fitting.RowCount - training.RowCount} to choose by, {test.RowCount} held out for the evaluation; seed {Run.Settings.Seed}.";
            return droppedRows == 0 ? [parts] : [parts, $"{droppedRows} rows have no target and are left out."];
        }
    }

    /// <inheritdoc/>
    public override Rung OnlyRung => new(1, training.RowCount, 1, CrossValidationOptions.DefaultFolds);

    private MetricInfo Metric => MetricCatalog.Get(Run.Settings.TargetMetric);

    private ModelType? Type => ModelType.Find(Run.Settings.ModelType);

    private ulong Seed => (ulong)Run.Settings.Seed;

    /// <summary>Divides the rows of a dataset.</summary>
    public static TableWorkspace Divide(PipelineRun run, InspectedDataset data)
    {
        EncodedTarget labelled = data.Target.Encode(data.Table);
        RowSplit split = Splitter.Split(labelled.Labels, data.Target.Classes.Count, SplitFractions.Default, (ulong)run.Settings.Seed);
        int[] notTest = [.. split.Training, .. split.Validation];
        Array.Sort(notTest);
        return new TableWorkspace(run, data.Target, Select(split.Training), Select(notTest), Select(split.Test), labelled.DroppedRows);

        Table Select(int[] rows) => data.Table.SelectRows([.. rows.Select(row => labelled.Rows[row])]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Candidate> Candidates()
    {
        int features = training.Columns.Count - (target.HasColumn ? 1 : 0);
        bool isMonotone = Run.Settings.Monotone is { Count: > 0 };
        ulong? searchSeed = Run.Settings.TimeBudgetSeconds is null ? null : Seed;
        return Type?.Candidates(target.Task, training.RowCount, features, isMonotone, searchSeed) ?? (searchSeed is { } drawn
            ? SearchSpace.For(target.Task, training.RowCount, features, drawn, isMonotone)
            : CandidateList.For(target.Task, training.RowCount, features, isMonotone));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Rung> Rungs(int candidates) => Halving.Schedule(candidates, training, target, CrossValidationOptions.DefaultFolds);

    /// <inheritdoc/>
    public override string Announce(Candidate candidate, Rung rung) => $"Cross-validating {candidate.Name} on {rung.Rows} rows.";

    /// <inheritdoc/>
    public override CandidateResult Score(Candidate candidate, Rung rung, CancellationToken cancellationToken)
    {
        CrossValidationOptions options = new(Seed)
        {
            Folds = rung.Folds,
            Monotone = Run.Settings.Monotone,
            BalanceClasses = Type is { BalanceClasses: true },
            Standardize = Type is { Standardize: true },
        };
        CrossValidationResult result = CrossValidator.Score(Halving.Sample(training, target, rung.Rows, Seed), target, candidate, Metric, options, cancellationToken);
        return new CandidateResult(
            result.Mean, result.StandardDeviation, $"{result.Metric} {result.Mean:0.####} ± {result.StandardDeviation:0.####} over {result.FoldScores.Count} folds.");
    }

    /// <inheritdoc/>
    public override TrainedModel Fit(CandidateScore best, CancellationToken cancellationToken)
    {
        TabularFit fit = new(fitting, target, LearnerCatalog.Get(best.Learner))
        {
            Settings = new LearnerSettings(best.Settings),
            Monotone = Run.Settings.Monotone,
            BalanceClasses = Type is { BalanceClasses: true },
            Standardize = Type is { Standardize: true },
            Options = new FitOptions(Seed),
            Dataset = Run.Dataset?.Uri,
            DatasetSha256 = Run.Dataset?.Sha256,
        };
        return Trained(TabularTrainer.Fit(fit, cancellationToken));
    }

    /// <inheritdoc/>
    public override (RunEvaluation Evaluation, TrainedModel Model) Measure(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        TabularModel model = TabularModelFile.ReadOwn(file);
        Evaluation evaluation = model.Evaluate(test, Environment.ProcessorCount, cancellationToken);

        // Where these rows leave the metric undefined, the gate says so; importances in it would only say it first.
        IReadOnlyList<ColumnImportance> importances = evaluation.Metrics.ContainsKey(Metric.Name)
            ? PermutationImportance.Measure(model, test, Metric, new PermutationOptions(Seed), cancellationToken)
            : [];
        RunEvaluation shown = new(
            evaluation.RowCount, Named(evaluation.Metrics), evaluation.Classes, evaluation.Confusion, importances, PredictedRows.Of(model, test));
        return (shown, Trained(model.With(model.Lineage with { Evaluation = evaluation })));
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

    private static TrainedModel Trained(TabularModel model) => new(
        TabularModelFile.ToBytes(model),
        model.Lineage.Learner,
        model.Lineage.Settings,
        model.Task.Word(),
        model.Target.Column,
        ModelInput.AllOf(model.Inputs));
}
