using Trainyard.Learning.Learners;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class NeighborsAndBayesTests
{
    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, OtherWitness.Read().Supervised.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predict_OnMovedRows_IsTheWitnesss(int index)
    {
        OtherWitness.SupervisedCase witness = OtherWitness.Read().Supervised[index];
        TrainingSet set = Samples.Load(witness.Data, witness.Standardize);
        IModel model = LearnerCatalog.Get(witness.Learner).Fit(set, new LearnerSettings(witness.Settings), new FitOptions(1), default);
        double[] row = new double[set.Features.FeatureCount];
        double[] output = new double[model.OutputCount];
        foreach ((int place, double[] expected) in witness.Outputs.Chunk(model.OutputCount).Index())
        {
            set.Features.CopyRow(place, row);
            model.Predict(Array.ConvertAll(row, value => (value * 0.9) + 0.1), output);
            Assert.All(expected, (value, column) => Assert.Equal(value, output[column], 1e-9 * Math.Max(1, Math.Abs(value))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(500)]
    [InlineData(2000)]
    public void Predict_OfNeighbors_IsThatOfLookingAtEveryRow(int rows)
    {
        // Few distinct values make many ties, which must fall alike.
        DeterministicRandom random = new((ulong)rows);
        double[][] columns = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, rows).Select(_ => (double)random.NextInt(9)).ToArray())];
        double[] values = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        IModel model = Some.Fit("nearest_neighbors", Some.Regression(Some.Numbers(columns), values), ("neighbors", 4));
        for (int query = 0; query < 200; query++)
        {
            double[] point = [random.NextInt(9), random.NextDouble() * 9, random.NextInt(9)];
            double expected = Enumerable.Range(0, rows)
                .OrderBy(row => Enumerable.Range(0, 3).Sum(column => (columns[column][row] - point[column]) * (columns[column][row] - point[column])))
                .ThenBy(row => row)
                .Take(4)
                .Average(row => values[row]);
            Assert.Equal(expected, model.Predict(point)[0], 1e-12);
        }
    }

    [Fact]
    public void Predict_WithDistanceWeights_LetsTheVeryRowDecide()
    {
        TrainingSet set = Some.Regression(Some.Numbers([0, 1, 2]), 10, 20, 60);
        IModel model = Some.Fit("nearest_neighbors", set, ("neighbors", 3), ("distance_weights", 1));
        Assert.Equal(20, model.Predict(1)[0], 1e-12);

        // Votes of 1/0.5, 1/0.5 and 1/1.5.
        Assert.Equal(((2 * 10) + (2 * 20) + (60 / 1.5)) / (4 + (1 / 1.5)), model.Predict(0.5)[0], 1e-12);
    }

    [Fact]
    public void Fit_NeighborsOfWeightZero_HaveNoVote()
    {
        TrainingSet set = Some.Classes(Some.Numbers([0, 0.1, 5]), 2, 0, 0, 1) with { Weights = [0, 0, 1] };
        Assert.Equal(1, Some.Fit("nearest_neighbors", set, ("neighbors", 1)).Predict(0)[1]);
    }

    [Fact]
    public void Fit_NaiveBayes_ByHand()
    {
        // Means 1 and 5, variances 1 and 1, equal shares: the log-odds at 4 are ((4 - 1)² - (4 - 5)²) / 2 = 4.
        IModel model = Some.Fit("naive_bayes", Some.Classes(Some.Numbers([0, 2, 4, 6]), 2, 0, 0, 1, 1), ("variance_smoothing", 0));
        Assert.Equal(1 / (1 + Math.Exp(-4)), model.Predict(4)[1], 1e-12);
    }

    [Fact]
    public void Predict_NaiveBayesOnMissingValue_FallsBackOnTheRest()
    {
        TrainingSet both = Some.Classes(Some.Numbers([0, 2, 4, 6], [1, 2, 8, double.NaN]), 2, 0, 0, 1, 1);
        TrainingSet first = Some.Classes(Some.Numbers([0, 2, 4, 6]), 2, 0, 0, 1, 1);
        double known = Some.Fit("naive_bayes", first, ("variance_smoothing", 0)).Predict(3.5)[1];
        Assert.Equal(known, Some.Fit("naive_bayes", both, ("variance_smoothing", 0)).Predict(3.5, double.NaN)[1], 1e-12);
    }

    [Fact]
    public void Fit_MultinomialOnNegativeCounts_NamesTheColumn()
    {
        LearningException failure = Assert.Throws<LearningException>(() => Some.Fit("multinomial_naive_bayes", Some.Classes(Some.Numbers([1, -1]), 2, 0, 1)));
        Assert.Equal(("feature_negative", "x0"), (failure.Code, failure.Field));
    }
}
