using Trainyard.Learning.Randomness;
using Trainyard.Learning.Splitting;

namespace Trainyard.Learning.Tests.Splitting;

public sealed class SplitterTests
{
    [Theory]
    [InlineData(10, 2, 1UL)]
    [InlineData(100, 3, 2UL)]
    [InlineData(1797, 10, 3UL)]
    [InlineData(57, 0, 4UL)]
    [InlineData(3, 3, 5UL)]
    public void Split_AnyRows_PutsEachInOnePartAscending(int rows, int classes, ulong seed)
    {
        RowSplit split = Splitter.Split(Labels(rows, classes, seed), classes, SplitFractions.Default, seed);

        Assert.Equal(Enumerable.Range(0, rows), split.Training.Concat(split.Validation).Concat(split.Test).Order());
        Assert.All((int[][])[split.Training, split.Validation, split.Test], part => Assert.Equal(part.Order(), part));
    }

    [Fact]
    public void Split_Classes_KeepTheirSharesToWithinARow()
    {
        double[] labels = Labels(1000, 4, 1);

        RowSplit split = Splitter.Split(labels, 4, new SplitFractions(0.1, 0.25), 9);

        for (int label = 0; label < 4; label++)
        {
            int all = labels.Count(each => each == label);
            Assert.InRange(split.Validation.Count(row => labels[row] == label) - (0.1 * all), -1, 1);
            Assert.InRange(split.Test.Count(row => labels[row] == label) - (0.25 * all), -1, 1);
        }
    }

    /// <summary>Rows of one class, then how many of them are in training, validation and test.</summary>
    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(2, 1, 0, 1)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(4, 2, 1, 1)]
    [InlineData(10, 6, 2, 2)]
    public void Split_SmallClass_GoesToTrainingThenTestThenValidation(int rows, int training, int validation, int test)
    {
        double[] labels = [.. new double[50], .. Enumerable.Repeat(1.0, rows)];

        RowSplit split = Splitter.Split(labels, 2, SplitFractions.Default, 1);

        Assert.Equal((training, validation, test), (Count(split.Training), Count(split.Validation), Count(split.Test)));
        int Count(int[] part) => part.Count(row => labels[row] == 1);
    }

    /// <summary>
    /// From Witness/split_witness.py; a change here changes every model that was ever trained with a seed.
    /// </summary>
    [Fact]
    public void Split_FixedSeed_IsTheSameOnEveryMachine()
    {
        double[] labels = [.. Enumerable.Range(0, 12).Select(row => (double)(row % 2))];

        RowSplit split = Splitter.Split(labels, 2, SplitFractions.Default, 42);

        Assert.Equal([2, 11], split.Validation);
        Assert.Equal([3, 8], split.Test);
    }

    [Fact]
    public void Split_OtherSeed_DividesOtherwise() => Assert.NotEqual(
        Splitter.Split(new double[100], 0, SplitFractions.Default, 1).Test,
        Splitter.Split(new double[100], 0, SplitFractions.Default, 2).Test);

    [Theory]
    [InlineData(-0.1, 0.2)]
    [InlineData(0.5, 0.5)]
    [InlineData(double.NaN, 0.2)]
    [InlineData(0.2, double.PositiveInfinity)]
    public void Split_FractionsOutOfRange_AreRefused(double validation, double test) => Assert.Equal(
        "split_fractions_invalid",
        Assert.Throws<LearningException>(() => Splitter.Split(new double[10], 0, new SplitFractions(validation, test), 1)).Code);

    [Fact]
    public void Split_FewerRowsThanParts_IsRefused() =>
        Assert.Equal("too_few_rows", Assert.Throws<LearningException>(() => Splitter.Split(new double[2], 0, SplitFractions.Default, 1)).Code);

    [Theory]
    [InlineData(150, 3, 5)]
    [InlineData(57, 4, 10)]
    [InlineData(11, 2, 11)]
    [InlineData(23, 0, 2)]
    public void KFold_AnyRows_ScoresEachOnceInFoldsOfEqualSize(int rows, int classes, int folds)
    {
        double[] labels = Labels(rows, classes, 3);

        IReadOnlyList<Fold> made = Splitter.KFold(labels, classes, folds, 5);

        Assert.Equal(folds, made.Count);
        Assert.Equal(Enumerable.Range(0, rows), made.SelectMany(fold => fold.Validation).Order());
        Assert.All(made, fold => Assert.Equal(Enumerable.Range(0, rows), fold.Training.Concat(fold.Validation).Order()));
        Assert.InRange(made.Max(fold => fold.Validation.Length) - made.Min(fold => fold.Validation.Length), 0, 1);
        for (int label = 0; label < classes; label++)
        {
            int[] counts = [.. made.Select(fold => fold.Validation.Count(row => labels[row] == label))];
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(-3)]
    public void KFold_FoldsOutOfRange_AreRefused(int folds) =>
        Assert.Equal("folds_invalid", Assert.Throws<LearningException>(() => Splitter.KFold(new double[10], 0, folds, 1)).Code);

    private static double[] Labels(int rows, int classes, ulong seed)
    {
        DeterministicRandom random = new(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => classes == 0 ? random.NextGaussian() : random.NextInt(classes))];
    }
}
