using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Models;
using Trainyard.Learning.Sketches;
using Trainyard.Learning.Splitting;

namespace Trainyard.Learning.Ensembles;

/// <summary>Fits several models on the same rows and makes one of them.</summary>
/// <remarks>
/// Sources: Breiman, Stacked regressions, Machine Learning 24, 1996; Wolpert, Stacked generalization, 1992; results are
/// those of scikit-learn's VotingClassifier, VotingRegressor, StackingClassifier and StackingRegressor for equal members.
/// Each member has a feature plan of its own, so that trees and linear models can be mixed. Deterministic at any thread count.
/// </remarks>
public static class EnsembleTrainer
{
    /// <summary>Fits an ensemble. Stacking fits each member once per fold more than the others.</summary>
    /// <exception cref="LearningException">
    /// <c>ensemble_invalid</c>: method, members or weights do not fit one another or the task; or a member cannot be fitted, and its code says why.
    /// </exception>
    public static TabularModel Fit(EnsembleFit fit, CancellationToken cancellationToken)
    {
        fit.Validate();
        EncodedTarget encoded = fit.Target.Encode(fit.Rows, cancellationToken);
        Table rows = encoded.DroppedRows == 0 ? fit.Rows : fit.Rows.SelectRows(encoded.Rows, cancellationToken);
        TabularFit[] members = [.. fit.Members.Select(member => Member(fit, member, rows))];
        Combination combination = Combine(fit, members, encoded.Labels, cancellationToken);
        return Fit(fit with { Rows = rows }, members, combination, cancellationToken);
    }

    /// <summary>Fits the members on all rows for a combination that is known already.</summary>
    internal static TabularModel Fit(EnsembleFit fit, Combination combination, CancellationToken cancellationToken) =>
        Fit(fit, [.. fit.Members.Select(member => Member(fit, member, fit.Rows))], combination, cancellationToken);

    private static TabularModel Fit(EnsembleFit fit, IReadOnlyList<TabularFit> members, Combination combination, CancellationToken cancellationToken)
    {
        List<TabularModel> models = [];
        foreach (TabularFit member in members)
        {
            cancellationToken.ThrowIfCancellationRequested();
            models.Add(TabularTrainer.Fit(member, cancellationToken));
        }

        TabularModel ensemble = Assemble(models, combination, Lineage(fit, models[0].Lineage));
        return fit.KeepsReference ? ensemble.With(TableSketch.Of(fit.Rows, fit.Options.MaxDegreeOfParallelism, cancellationToken)) : ensemble;
    }

    /// <summary>One model of several that were fitted on the same rows. Members whose features are the same share them.</summary>
    internal static TabularModel Assemble(IReadOnlyList<TabularModel> models, Combination combination, ModelLineage lineage)
    {
        List<FeaturePlan> plans = [];
        Dictionary<string, int> starts = new(StringComparer.Ordinal);
        List<EnsembleMember> members = [];
        int width = 0;
        foreach (TabularModel model in models)
        {
            string plan = model.Plan.ToJson().ToJsonString();
            if (!starts.TryGetValue(plan, out int first))
            {
                first = width;
                starts.Add(plan, first);
                plans.Add(model.Plan);
                width += model.Plan.Features.Count;
            }

            members.Add(new EnsembleMember(model.Model, first));
        }

        return new TabularModel(FeaturePlan.SideBySide(plans), models[0].Target, new EnsembleModel(members, combination, width), lineage);
    }

    private static Combination Combine(EnsembleFit fit, IReadOnlyList<TabularFit> members, double[] labels, CancellationToken cancellationToken)
    {
        MemberWeights weights = new([.. fit.Members.Select(member => member.Weight)]);
        switch (fit.Method)
        {
            case EnsembleMethod.Voting:
                return new MajorityVote(weights);
            case EnsembleMethod.Averaging:
                return new WeightedMean(weights);
            default:
                int classes = fit.Target.Classes.Count;
                IReadOnlyList<Fold> folds = Splitter.KFold(labels, classes, Math.Clamp(labels.Length, 2, fit.Folds), fit.Options.Seed);
                double[][] predictions = [.. members.Select(member => FoldFits.Predict(member, folds, cancellationToken))];
                return Stacker.Fit(predictions, labels, classes, new StackingSettings(fit.Penalty, fit.BalanceClasses), fit.Options with { Progress = null }, cancellationToken);
        }
    }

    private static TabularFit Member(EnsembleFit fit, MemberFit member, Table rows) => new(rows, fit.Target, member.Learner)
    {
        Settings = member.Settings,
        Options = fit.Options,
        BalanceClasses = fit.BalanceClasses,
        Standardize = fit.Standardize,
        Monotone = fit.Monotone,
        KeepsReference = false,
        Dataset = fit.Dataset,
        DatasetSha256 = fit.DatasetSha256,
    };

    private static ModelLineage Lineage(EnsembleFit fit, ModelLineage member) => member with
    {
        Learner = EnsembleNames.Of(fit.Method),
        Settings = fit.Method == EnsembleMethod.Stacking
            ? new Dictionary<string, double>(StringComparer.Ordinal) { ["folds"] = fit.Folds, ["penalty"] = fit.Penalty }
            : [],
        Members = [.. fit.Members.Select(each => new MemberLineage(each.Learner.Name, each.Settings.Values, fit.Method == EnsembleMethod.Stacking ? null : each.Weight))],
        OutOfBag = null,
    };
}
