using System.Text;
using Trainyard.Learning;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Data;
using Trainyard.Learning.Ensembles;
using Trainyard.Learning.Features;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Selection;

namespace Trainyard.Engines.Tests;

/// <summary>What an engine that a program added means for everything that asks the catalogue.</summary>
public class AddedEngineTests
{
    private static readonly TimeSeries Series = new(TimeAxis.Durations(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromDays(1)), [1, 2, 3, 4]);

    private static readonly string[] Ours = ["seasonal_naive", "exponential_smoothing", "lag_regression", "lag_boosting"];

    private static Table Rows { get; } = CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(
        "size,weight,kind\n" + string.Join('\n', Enumerable.Range(0, 60).Select(row => $"{row % 7},{row % 11},{(row % 3 == 0 ? "a" : "b")}")))));

    [Fact]
    public void Lists_NameTheLearnerAndTheMethod()
    {
        Assert.Contains(AddedEngine.Learner, LearnerCatalog.For(LearningTask.Regression).Select(learner => learner.Name));
        Assert.DoesNotContain(AddedEngine.Learner, LearnerCatalog.For(LearningTask.Clustering).Select(learner => learner.Name));
        Assert.Contains(AddedEngine.Learner, Assert.Throws<LearningException>(() => LearnerCatalog.Get("oracle")).Message, StringComparison.Ordinal);
        Assert.Equal([.. Ours, AddedEngine.Method], ForecastCatalog.All.Select(method => method.Name).Take(Ours.Length + 1));
        Assert.Contains(AddedEngine.Method, Assert.Throws<LearningException>(() => ForecastCatalog.Get("oracle")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LearningTask.Classification, false, true)]
    [InlineData(LearningTask.Regression, false, true)]
    [InlineData(LearningTask.Regression, true, false)]
    [InlineData(LearningTask.Clustering, false, false)]
    [InlineData(LearningTask.AnomalyDetection, false, false)]
    public void Candidates_EndWithTheEngines(LearningTask task, bool isMonotone, bool isThere)
    {
        foreach (IReadOnlyList<Candidate> list in new[] { CandidateList.For(task, 5000, 20, isMonotone), SearchSpace.For(task, 5000, 20, 1, isMonotone) })
        {
            Assert.InRange(list.Count, 1, SearchSpace.MaximumCandidates);
            Assert.Equal(isThere ? AddedEngine.Learner : null, list.SingleOrDefault(candidate => candidate.Learner == AddedEngine.Learner)?.Name);

            // Names of ours have no dot.
            Assert.Equal(list.OrderBy(candidate => candidate.Learner.Contains('.', StringComparison.Ordinal)), list);
        }
    }

    [Fact]
    public void Auto_WeighsTheLearnerWithOurs()
    {
        AutoOptions options = new(new CrossValidationOptions(Seed: 1)) { Candidates = CandidateList.For(LearningTask.Classification, Rows.RowCount, 2), TriesEnsembles = false };

        AutoResult result = AutoTrainer.Train(Rows, TargetEncoding.Infer(Rows, "kind"), null, options, default);

        LeaderboardEntry entry = Assert.Single(result.Leaderboard.Entries, each => each.Candidate.Learner == AddedEngine.Learner);
        Assert.Equal((CandidateExit.Finished, 40.0 / 60), (entry.Exit, entry.Score!.Value));
    }

    [Fact]
    public void File_OfTheLearner_ComesBackToWhoWroteIt()
    {
        TabularModel model = Fit();
        byte[] file = TabularModelFile.ToBytes(model);

        TabularModel back = TabularModelFile.ReadOwn(file);

        Assert.Equal((AddedEngine.Learner, AddedEngine.Learner), (back.Lineage.Learner, back.Model.Learner));
        Assert.Equal(file, TabularModelFile.ToBytes(back));
    }

    [Fact]
    public async Task File_OfTheLearnerFromElsewhere_IsRefused()
    {
        byte[] file = TabularModelFile.ToBytes(Fit());
        using MemoryStream stream = new(file);

        LearningException whole = Assert.Throws<LearningException>(() => TabularModelFile.Read(file));
        LearningException streamed = await Assert.ThrowsAsync<LearningException>(() => TabularModelFile.ReadAsync(stream, default));

        Assert.Equal([("model_file_untrusted", "learner"), ("model_file_untrusted", "learner")], [(whole.Code, whole.Field), (streamed.Code, streamed.Field)]);
        Assert.Contains(AddedEngine.Learner, whole.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_OfAnEnsembleWithTheLearner_IsRefusedFromElsewhereToo()
    {
        MemberFit[] members = [new(LearnerCatalog.Get("decision_tree")), new(LearnerCatalog.Get(AddedEngine.Learner))];
        byte[] file = TabularModelFile.ToBytes(EnsembleTrainer.Fit(new EnsembleFit(Rows, TargetEncoding.Infer(Rows, "kind"), EnsembleMethod.Averaging, members), default));

        Assert.Equal("model_file_untrusted", Assert.Throws<LearningException>(() => TabularModelFile.Read(file)).Code);
        Assert.Equal(EnsembleNames.Averaging, TabularModelFile.ReadOwn(file).Lineage.Learner);
    }

    [Fact]
    public void File_OfTheMethod_IsReadOnlyAsOwn()
    {
        byte[] file = ForecasterFile.ToBytes(Forecaster.Fit(new ForecastFit(Series, ForecastCatalog.Get(AddedEngine.Method)), default));

        Assert.Equal("model_file_untrusted", Assert.Throws<LearningException>(() => ForecasterFile.Read(file)).Code);
        Assert.Equal([4, 4], ForecasterFile.ReadOwn(file).Forecast(2).Points.Select(point => point.Mean));
    }

    [Fact]
    public void File_OfALearnerThatNobodyAdded_SaysSo()
    {
        byte[] file = TabularModelFile.ToBytes(Fit());
        byte[] other = [.. file];
        int place = other.AsSpan().IndexOf("fake.mean"u8);
        Assert.True(place > 0);
        string missing = "gone.mean";
        Encoding.UTF8.GetBytes(missing).CopyTo(other.AsSpan(place));
        Assert.Equal("model_file_checksum_wrong", Assert.Throws<LearningException>(() => TabularModelFile.ReadOwn(other)).Code);

        Assert.Equal("learner_unknown", Assert.Throws<LearningException>(() => LearnerCatalog.Read(missing, new SectionReader("model", default) { IsTrusted = true })).Code);
    }

    private static TabularModel Fit() => TabularTrainer.Fit(new TabularFit(Rows, TargetEncoding.Infer(Rows, "kind"), LearnerCatalog.Get(AddedEngine.Learner)), default);
}
