using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Onnx;
using Trainyard.Learning.Selection;
using Trainyard.Learning.Tests.Learners;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Engines.Tests.MLNet;

/// <summary>What Microsoft.ML's trainers are worth on the samples, beside learners of ours on the same rows.</summary>
public class TrainerAccuracyTests
{
    [Theory]
    [InlineData("mlnet.sdca_logistic_regression", "logistic_regression")]
    [InlineData("mlnet.lbfgs_logistic_regression", "logistic_regression")]
    [InlineData("mlnet.fast_forest", "random_forest")]
    [InlineData("mlnet.fast_tree", "gradient_boosting")]
    [InlineData("mlnet.light_gbm", "gradient_boosting")]
    public void Classes_AreToldAsWellAsByOurs(string learner, string ours)
    {
        foreach ((string data, double least) in new[] { ("iris", 0.9), ("breast-cancer", 0.9), ("wine", 0.85) })
        {
            TrainingSet set = Samples.Load(data, standardize: true);
            double score = Fits.Score(learner, set);
            Assert.True(score >= least && score >= Fits.Score(ours, set) - 0.06, $"{learner} on {data}: {score}");
        }
    }

    [Theory]
    [InlineData("mlnet.sdca", "linear_regression")]
    [InlineData("mlnet.fast_forest", "random_forest")]
    [InlineData("mlnet.fast_tree", "gradient_boosting")]
    [InlineData("mlnet.light_gbm", "gradient_boosting")]
    public void Numbers_AreForetoldAsWellAsByOurs(string learner, string ours)
    {
        TrainingSet set = Samples.Load("diabetes", standardize: true);
        double score = Fits.Score(learner, set);

        // The labels' standard deviation is 77.
        Assert.True(score < 72 && score < Fits.Score(ours, set) * 1.15, $"{learner}: {score}");
    }

    [Fact]
    public void Clusters_AreAsTightAsOurs()
    {
        TrainingSet set = Samples.Load("iris", standardize: true) with { Task = LearningTask.Clustering };
        double Inertia(string learner)
        {
            IClusterModel model = (IClusterModel)Fits.Fit(learner, set);
            double[] row = new double[set.Features.FeatureCount];
            return Enumerable.Range(0, set.Features.RowCount).Sum(index =>
            {
                set.Features.CopyRow(index, row);
                return model.SquaredDistance(row);
            });
        }

        Assert.InRange(Inertia("mlnet.kmeans"), 1, Inertia("kmeans") * 1.5);
    }

    [Fact]
    public void Anomalies_AreTheRowsThatComponentsDoNotExplain()
    {
        double[] first = [.. Enumerable.Range(0, 200).Select(row => Math.Sin(row))];
        TrainingSet set = new(Some.Numbers(first, [.. first.Select(value => (2 * value) + 0.01)], [.. first.Select((value, row) => -value + (0.01 * Math.Cos(7 * row)))]), [], LearningTask.AnomalyDetection, 0);

        IModel model = Fits.Fit("mlnet.randomized_pca", set, Some.Settings(("rank", 1)));

        Assert.InRange(model.Predict(0.5, 1.01, -0.5)[1], 0, 0.5);
        Assert.InRange(model.Predict(0.5, -1, 0.5)[1], 0.5, 1);
    }

    [Fact]
    public void Classes_ThatNoRowHas_KeepTheirPlaceAndGetNothing()
    {
        TrainingSet iris = Samples.Load("iris", standardize: true);
        foreach (string learner in LearnerCatalog.For(LearningTask.Classification).Select(each => each.Name).Where(name => name.StartsWith("mlnet.", StringComparison.Ordinal)))
        {
            // Classes 0, 2 and 4 of 6; then 1 and 3; then 5 alone.
            double[] outputs = Fits.Fit(learner, iris with { Labels = [.. iris.Labels.Select(label => label * 2)], ClassCount = 6 }).PredictAll(iris.Features);
            Assert.All(outputs.Chunk(6), row => Assert.Equal([0, 0, 0], new[] { row[1], row[3], row[5] }));
            Assert.True(outputs.Chunk(6).Select((row, index) => Array.IndexOf(row, row.Max()) == iris.Labels[index] * 2 ? 1.0 : 0).Average() > 0.8, learner);

            double[] pair = Fits.Fit(learner, iris with { Labels = [.. iris.Labels.Select(label => label == 0 ? 1.0 : 3)], ClassCount = 6 }).PredictAll(iris.Features);
            Assert.True(pair.Chunk(6).Select((row, index) => Array.IndexOf(row, row.Max()) == (iris.Labels[index] == 0 ? 1 : 3) ? 1.0 : 0).Average() > 0.95, learner);

            double[] single = Fits.Fit(learner, iris with { Labels = [.. iris.Labels.Select(_ => 5.0)], ClassCount = 6 }).PredictAll(iris.Features);
            Assert.All(single.Chunk(6), row => Assert.Equal([0, 0, 0, 0, 0, 1], row));
        }
    }

    [Fact]
    public void Auto_WeighsThemWithOurs()
    {
        Table rows = SampleTables.Load("iris");
        TargetEncoding target = TargetEncoding.Infer(rows);
        IReadOnlyList<Candidate> candidates = CandidateList.For(target.Task, rows.RowCount, rows.Columns.Count - 1);
        AutoOptions options = new(new CrossValidationOptions(Seed: 1)) { Candidates = candidates };

        AutoResult result = AutoTrainer.Train(rows, target, null, options, default);

        LeaderboardEntry[] theirs = [.. result.Leaderboard.Entries.Where(entry => entry.Members is null && entry.Candidate.Learner.StartsWith("mlnet.", StringComparison.Ordinal))];
        Assert.Equal(5, theirs.Length);
        Assert.All(theirs, entry => Assert.True(entry.Score > 0.85, $"{entry.Candidate.Name}: {entry.Score}, {entry.Exit}"));
    }

    [Fact]
    public void File_IsReadAsOwnAndRefusedFromElsewhere()
    {
        TabularModel model = SampleTables.Fit("iris", "mlnet.light_gbm", ("iterations", 10));
        byte[] file = TabularModelFile.ToBytes(model);

        Assert.Equal(file, TabularModelFile.ToBytes(TabularModelFile.ReadOwn(file)));
        Assert.Equal("model_file_untrusted", Assert.Throws<LearningException>(() => TabularModelFile.Read(file)).Code);
    }

    [Fact]
    public void Model_IsRefusedWhereItsInsidesAreAskedFor()
    {
        TabularModel model = SampleTables.Fit("iris", "mlnet.fast_tree", ("trees", 5));

        Assert.Equal("explanation_unavailable", Assert.Throws<LearningException>(() => ContributionExplainer.Of(model)).Code);
        Assert.Equal("onnx_unsupported", Assert.Throws<LearningException>(() => OnnxExport.ToBytes(model)).Code);
    }
}
