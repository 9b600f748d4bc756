using Trainyard.Learning.Learners;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Learners;

public class BoostingWitnessTests
{
    /// <summary>XGBoost computes in single precision.</summary>
    private const double Tolerance = 2e-5;

    private static readonly Document Witness = WitnessFile.Read<Document>("xgboost_trees.json");

    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, Witness.Cases.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_OnFewRows_PredictsAsXGBoost(int index)
    {
        Case each = Witness.Cases[index];
        double[][] columns = Array.ConvertAll(Witness.Columns, column => Array.ConvertAll(column, value => value ?? double.NaN));
        double[] labels = Witness.Labels[each.Objective];
        TrainingSet set = each.Objective switch
        {
            "logistic" => Some.Classes(Some.Numbers(columns), 2, labels),
            "softmax" => Some.Classes(Some.Numbers(columns), 4, labels),
            _ => Some.Regression(Some.Numbers(columns), labels),
        };
        IModel model = Some.Fit(
            "gradient_boosting",
            set with { Monotone = each.Monotone == 0 ? null : new Dictionary<string, int> { ["x0"] = each.Monotone }, Weights = each.Weighted ? Witness.Weights : null },
            ("iterations", 6), ("max_depth", 4), ("depth_wise", 1), ("learning_rate", 0.3), ("min_rows_per_leaf", 1),
            ("min_child_weight", each.ChildWeight), ("l1", each.L1), ("l2", each.L2));
        double[] predictions = model.PredictAll(set.Features);
        Assert.All(each.Predictions, (expected, row) => Assert.Equal(expected, predictions[each.Objective == "logistic" ? (2 * row) + 1 : row], Tolerance * Math.Max(1, Math.Abs(expected))));
    }

    public sealed record Case(string Objective, double L1, double L2, double ChildWeight, int Monotone, bool Weighted, double[] Predictions);

    public sealed record Document(double?[][] Columns, Dictionary<string, double[]> Labels, double[] Weights, Case[] Cases);
}
