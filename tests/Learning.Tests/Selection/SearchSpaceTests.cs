using Trainyard.Learning.Learners;
using Trainyard.Learning.Selection;

namespace Trainyard.Learning.Tests.Selection;

public class SearchSpaceTests
{
    [Theory]
    [InlineData(LearningTask.Classification, 1000, 20, false)]
    [InlineData(LearningTask.Regression, 1000, 20, false)]
    [InlineData(LearningTask.Classification, 1_000_000, 100, false)]
    [InlineData(LearningTask.Regression, 200_000, 20, false)]
    [InlineData(LearningTask.Classification, 200, 10_000, false)]
    [InlineData(LearningTask.Regression, 30, 3, true)]
    [InlineData(LearningTask.Clustering, 1000, 20, false)]
    [InlineData(LearningTask.AnomalyDetection, 1000, 20, false)]
    public void For_HoldsOnlyWhatCanRun(LearningTask task, int rows, int features, bool isMonotone)
    {
        IReadOnlyList<Candidate> list = SearchSpace.For(task, rows, features, 1, isMonotone);
        Assert.Equal(list.Count, list.Select(candidate => candidate.Name).Distinct().Count());
        Assert.InRange(list.Count, 1, SearchSpace.MaximumCandidates);
        Assert.All(list, candidate =>
        {
            ILearner learner = LearnerCatalog.Get(candidate.Learner);
            Assert.Contains(task, learner.Tasks);
            Assert.True(learner.KeepsMonotone || !isMonotone);
            candidate.ToSettings().Validate(learner.HyperParameters);
        });
    }

    [Theory]
    [InlineData(LearningTask.Classification, "multinomial_naive_bayes", "sequence_network")]
    [InlineData(LearningTask.Regression, "sequence_network")]
    public void For_AnOrdinaryTable_HoldsEverySuitableLearner(LearningTask task, params string[] forOtherData)
    {
        IReadOnlyList<Candidate> list = SearchSpace.For(task, 5000, 20, 1);
        Assert.Equal(SearchSpace.MaximumCandidates, list.Count);
        Assert.Equal(LearnerCatalog.For(task).Select(learner => learner.Name).Except(forOtherData).Order(), list.Select(candidate => candidate.Learner).Distinct().Order());
    }

    [Fact]
    public void For_DrawsItsSettingsBySeed()
    {
        string Settings(ulong seed) => string.Join(';', SearchSpace.For(LearningTask.Regression, 5000, 20, seed).SelectMany(candidate => candidate.Settings).Select(setting => $"{setting.Key}={setting.Value}"));
        Assert.Equal(Settings(1), Settings(1));
        Assert.NotEqual(Settings(1), Settings(2));
    }
}
