using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Selection;

/// <summary>What the learners must reach on real data, five-fold cross-validated with the feature plan inside the folds.</summary>
public class AcceptanceTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Theory]
    [InlineData("breast-cancer", "logistic_regression", "roc_auc", 0.99)]
    [InlineData("breast-cancer", "gradient_boosting", "roc_auc", 0.99)]
    [InlineData("breast-cancer", "random_forest", "roc_auc", 0.985)]
    [InlineData("wine", "logistic_regression", "accuracy", 0.96)]
    [InlineData("wine", "random_forest", "accuracy", 0.96)]
    [InlineData("iris", "logistic_regression", "accuracy", 0.94)]
    [InlineData("iris", "random_forest", "accuracy", 0.94)]
    [InlineData("iris", "gradient_boosting", "accuracy", 0.92)]
    [InlineData("iris", "decision_tree", "accuracy", 0.92)]
    [InlineData("digits", "gradient_boosting", "accuracy", 0.96)]
    [InlineData("digits", "random_forest", "accuracy", 0.96)]
    [InlineData("digits", "logistic_regression", "accuracy", 0.95)]
    [InlineData("digits", "extra_trees", "accuracy", 0.97)]
    [InlineData("wine", "extra_trees", "accuracy", 0.96)]
    [InlineData("diabetes", "linear_regression", "rmse", 58)]
    [InlineData("diabetes", "lasso", "rmse", 58)]
    [InlineData("diabetes", "extra_trees", "rmse", 60)]
    [InlineData("diabetes", "random_forest", "rmse", 60)]
    [InlineData("diabetes", "gradient_boosting", "rmse", 62)]
    public void Score_OnSamples_ReachesWhatIsPromised(string data, string learner, string metric, double threshold)
    {
        Table table = SampleTables.Load(data);
        MetricInfo info = MetricCatalog.Get(metric);
        Candidate candidate = new(learner, learner, new Dictionary<string, double>());
        CrossValidationResult result = CrossValidator.Score(table, TargetEncoding.Infer(table), candidate, info, new CrossValidationOptions(Seed: 1), default);
        output.WriteLine($"{data} {learner} {metric} {result.Mean:F4} ± {result.StandardDeviation:F4}");
        Assert.True(info.Meets(result.Mean, threshold), $"{metric} is {result.Mean}");
    }
}
