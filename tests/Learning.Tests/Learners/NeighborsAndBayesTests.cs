using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Bayes;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Neighbors;
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
    [InlineData(1, 3)]
    [InlineData(17, 3)]
    [InlineData(500, 3)]
    [InlineData(2000, 3)]
    [InlineData(1, 20)]
    [InlineData(17, 20)]
    [InlineData(2001, 20)]
    public void Predict_OfNeighbors_IsThatOfLookingAtEveryRow(int rows, int width)
    {
        // Few distinct values make many ties, which must fall alike.
        DeterministicRandom random = new((ulong)rows);
        double[][] columns = [.. Enumerable.Range(0, width).Select(_ => Enumerable.Range(0, rows).Select(_ => (double)random.NextInt(width == 3 ? 9 : 2)).ToArray())];
        double[] values = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        IModel model = Some.Fit("nearest_neighbors", Some.Regression(Some.Numbers(columns), values), ("neighbors", 4));
        double[][] points = [.. Enumerable.Range(0, 201).Select(_ => Enumerable.Range(0, width).Select(column => column == 1 ? random.NextDouble() * 9 : random.NextInt(9)).ToArray())];
        double[] together = new double[points.Length];
        model.PredictRows([.. points.SelectMany(point => point)], together);
        foreach ((int index, double[] point) in points.Index())
        {
            double expected = Enumerable.Range(0, rows)
                .OrderBy(row => Vectors.SquaredDistance(point, [.. columns.Select(column => column[row])]))
                .ThenBy(row => row)
                .Take(4)
                .Average(row => values[row]);
            Assert.Equal(expected, model.Predict(point)[0], 1e-12);
            Assert.Equal(expected, together[index], 1e-12);
        }
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e200)]
    public void Predict_OfNeighborsFarFromZero_IsNotMisledByRounding(double offset)
    {
        double step = Math.BitIncrement(offset) - offset;
        double[] near = [.. Enumerable.Range(0, 40).Select(row => offset + (row * step))];
        double[][] columns = [near, .. Enumerable.Range(1, 16).Select(_ => Enumerable.Repeat(offset, 40).ToArray())];
        IModel model = Some.Fit("nearest_neighbors", Some.Regression(Some.Numbers(columns), [.. Enumerable.Range(0, 40).Select(row => (double)row)]), ("neighbors", 1));
        Assert.All(Enumerable.Range(0, 40), row => Assert.Equal(row, model.Predict([near[row], .. Enumerable.Repeat(offset, 16)])[0]));
    }

    [Fact]
    public void Predict_OfNeighborsWithMissingValue_TakesItForZero()
    {
        double[][] columns = [[5, 0, -5], .. Enumerable.Range(1, 17).Select(_ => new double[3])];
        IModel model = Some.Fit("nearest_neighbors", Some.Regression(Some.Numbers(columns), 1, 2, 3), ("neighbors", 1));
        Assert.Equal(2, model.Predict([double.NaN, .. new double[17]])[0]);
    }

    [Fact]
    public void Read_WideTreeOfAnEarlierBuild_PredictsTheSame()
    {
        DeterministicRandom random = new(3);
        double[][] columns = [.. Enumerable.Range(0, 18).Select(_ => Enumerable.Range(0, 100).Select(_ => random.NextGaussian()).ToArray())];
        double[] values = [.. Enumerable.Range(0, 100).Select(row => (double)row)];
        Votes votes = new(0, values, [.. Enumerable.Repeat(1.0, 100)]);
        NearestNeighborsModel tree = new("nearest_neighbors", NeighborTree.Build(Some.Numbers(columns), default), votes, 3, byDistance: false);
        IModel list = Some.Fit("nearest_neighbors", Some.Regression(Some.Numbers(columns), values), ("neighbors", 3));
        IModel[] models = [ReadBack(tree), ReadBack(list), list];
        for (int query = 0; query < 50; query++)
        {
            double[] point = [.. Enumerable.Range(0, 18).Select(_ => random.NextGaussian())];
            Assert.All(models, model => Assert.Equal(tree.Predict(point)[0], model.Predict(point)[0]));
        }
    }

    [Fact]
    public void WeightedMoments_Spread_IsTheVarianceOfAllRows()
    {
        // 1, 2, 7 and 7 lie 3.25, 2.25, 2.75 and 2.75 from 4.25.
        WeightedMoments moments = new([1, 2, double.NaN, 7], [1, 1, 1, 2], [0, 0, 1, 1], 3);
        Assert.Equal(7.6875, moments.Spread(), 1e-12);
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

    private static NearestNeighborsModel ReadBack(IModel model)
    {
        SectionWriter writer = new();
        model.Write(writer);
        return NearestNeighborsModel.Read("nearest_neighbors", new SectionReader("model", writer.Written));
    }
}
