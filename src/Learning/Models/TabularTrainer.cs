using System.Reflection;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Sketches;

namespace Trainyard.Learning.Models;

/// <summary>Fits a feature plan and a model on the same rows.</summary>
public static class TabularTrainer
{
    /// <summary>The version that lineage records.</summary>
    public static string LibraryVersion { get; } =
        typeof(TabularTrainer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Fits a model. The plan sees the training rows only.</summary>
    /// <exception cref="LearningException">The data or the settings cannot be used; its code says why.</exception>
    public static TabularModel Fit(TabularFit fit, CancellationToken cancellationToken)
    {
        EncodedTarget encoded = Encode(fit.Target, fit.Rows, cancellationToken);
        Table rows = Labelled(fit.Rows, encoded, cancellationToken);
        FeaturePlan plan = FeaturePlan.Fit(rows, fit.Target.Column, fit.Standardize ? fit.Learner.Needs with { Standardize = true } : fit.Learner.Needs, fit.PlanOptions, cancellationToken);
        TrainingSet set = Set(plan, fit, rows, encoded.Labels, cancellationToken) with { Validation = Validation(plan, fit, cancellationToken), Monotone = Monotone(plan, rows.Schema, fit.Target, fit.Monotone) };
        IModel model = fit.Learner.Fit(set, fit.Settings, fit.Options, cancellationToken);
        ModelLineage lineage = new()
        {
            Learner = fit.Learner.Name,
            Settings = fit.Settings.Values,
            Monotone = fit.Monotone is { Count: > 0 } ? fit.Monotone : null,
            BalanceClasses = fit.BalanceClasses ? true : null,
            Standardize = fit.Standardize ? true : null,
            Seed = fit.Options.Seed,
            TrainingRows = rows.RowCount,
            LibraryVersion = LibraryVersion,
            Dataset = fit.Dataset,
            DatasetSha256 = fit.DatasetSha256,
            OutOfBag = OutOfBag(fit.Target, set, model),
        };
        TargetEncoding target = fit.Target.Task == LearningTask.Clustering ? fit.Target.WithClusters(model.OutputCount) : fit.Target;
        TabularModel fitted = new(plan, target, model, lineage);
        return fit.KeepsReference ? fitted.With(TableSketch.Of(rows, fit.Options.MaxDegreeOfParallelism, cancellationToken)) : fitted;
    }

    /// <summary>The same set, and where classes are to be balanced with weights that do.</summary>
    internal static TrainingSet Weighed(TrainingSet set, bool balanceClasses) => balanceClasses && set.Task == LearningTask.Classification
        ? set with { Weights = ClassWeights.Balanced(set.Labels, set.ClassCount) }
        : set;

    // A column that the plan leaves out moves no prediction at all.
    internal static Dictionary<string, int>? Monotone(FeaturePlan plan, TableSchema columns, TargetEncoding target, IReadOnlyDictionary<string, int>? directions)
    {
        if (directions is not { Count: > 0 })
        {
            return null;
        }

        MonotoneColumns.Check(directions, columns, target);
        HashSet<string> used = [.. plan.Features.Select(feature => feature.Source)];
        return directions.Where(each => used.Contains(each.Key)).ToDictionary(StringComparer.Ordinal);
    }

    // Where labels are not learned from, a row without one is as good as any.
    private static EncodedTarget Encode(TargetEncoding target, Table rows, CancellationToken cancellationToken) => target.Task.IsSupervised()
        ? target.Encode(rows, cancellationToken)
        : new EncodedTarget([.. Enumerable.Range(0, rows.RowCount)], new double[rows.RowCount], 0);

    private static Evaluation? OutOfBag(TargetEncoding target, TrainingSet set, IModel model)
    {
        if (model is not IOutOfBag { OutOfBag: { Rows.Length: > 0 } left })
        {
            return null;
        }

        double[] labels = Array.ConvertAll(left.Rows, row => set.Labels[row]);
        return Evaluator.Labelled(target.Task, labels, left.Outputs, target.Classes);
    }

    private static TrainingSet? Validation(FeaturePlan plan, TabularFit fit, CancellationToken cancellationToken)
    {
        if (fit.Validation is not { } given)
        {
            return null;
        }

        EncodedTarget encoded = Encode(fit.Target, given, cancellationToken);
        return encoded.Rows.Length == 0 ? null : Set(plan, fit, Labelled(given, encoded, cancellationToken), encoded.Labels, cancellationToken);
    }

    private static TrainingSet Set(FeaturePlan plan, TabularFit fit, Table rows, double[] labels, CancellationToken cancellationToken) =>
        Weighed(new TrainingSet(plan.Transform(rows, cancellationToken), labels, fit.Target.Task, fit.Target.Classes.Count), fit.BalanceClasses);

    private static Table Labelled(Table rows, EncodedTarget encoded, CancellationToken cancellationToken) =>
        encoded.DroppedRows == 0 ? rows : rows.SelectRows(encoded.Rows, cancellationToken);
}
