using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Models;

namespace Trainyard.Benchmarks.Boosting;

/// <summary>The benchmark's rows as a table, and its trees as a whole model.</summary>
internal static class FittedTrees
{
    public static Table TableOf(TrainingSet set)
    {
        List<Column> columns = [.. set.Features.Features.Select((feature, index) => new NumberColumn(feature.Name, set.Features.Column(index).ToArray()))];
        return new Table([.. columns, new NumberColumn("label", set.Labels)]);
    }

    public static TabularModel Fit(Table table)
    {
        TabularFit fit = new(table, TargetEncoding.Infer(table, "label"), new GradientBoostingLearner()) { Settings = BoostingWorker.Settings, Options = new FitOptions(1) };
        return TabularTrainer.Fit(fit, default);
    }
}
