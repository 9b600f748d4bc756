using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Tests.Learners;

public class DeterminismTests
{
    public static TheoryData<string, string> Fits { get; } = new()
    {
        { "logistic_regression", "digits" },
        { "linear_regression", "diabetes" },
        { "decision_tree", "digits" },
        { "random_forest", "digits" },
        { "random_forest", "diabetes" },
        { "extra_trees", "digits" },
        { "extra_trees", "diabetes" },
        { "lasso", "diabetes" },
        { "isolation_forest", "digits" },
        { "pca_anomaly", "digits" },
        { "kmeans", "digits" },
        { "mini_batch_kmeans", "digits" },
        { "gradient_boosting", "digits" },
        { "gradient_boosting", "breast-cancer" },
        { "gradient_boosting", "diabetes" },
        { "neural_network", "digits" },
        { "neural_network", "diabetes" },
        { "sequence_network", "diabetes" },
    };

    [Theory]
    [MemberData(nameof(Fits))]
    public void Fit_AtAnyThreadCount_WritesTheSameBytes(string learner, string data)
    {
        byte[] single = Write(learner, data, 1);
        Assert.All([2, 4, 16], threads => Assert.Equal(single, Write(learner, data, threads)));
    }

    [Fact]
    public void Fit_WithAnotherSeed_GivesAnotherForest() =>
        Assert.NotEqual(Write("random_forest", "diabetes", 2), Write("random_forest", "diabetes", 2, seed: 2));

    private static byte[] Write(string learner, string data, int threads, ulong seed = 1)
    {
        // Few rounds: what may differ differs in the first.
        LearnerSettings settings = learner switch
        {
            "neural_network" or "sequence_network" => new([new("epochs", 2)]),
            "gradient_boosting" => new([new("iterations", 3), new("row_fraction", 0.7), new("feature_fraction", 0.5)]),
            "random_forest" or "extra_trees" => new([new("trees", 5)]),
            "logistic_regression" => new([new("max_iterations", 5)]),
            _ => LearnerSettings.Defaults,
        };
        IModel model = LearnerCatalog.Get(learner).Fit(Samples.Load(data, standardize: true) with { Task = LearnerCatalog.Get(learner).Tasks[data == "diabetes" ? ^1 : 0] }, settings, new FitOptions(seed) { MaxDegreeOfParallelism = threads }, default);
        SectionWriter writer = new();
        model.Write(writer);
        return writer.Written.ToArray();
    }
}
