using Trainyard.Learning.Data;
using Trainyard.Learning.Ensembles;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Ensembles;

/// <summary>Holds ensembles of given predictions to what scikit-learn makes of the same.</summary>
public class EnsembleWitnessTests
{
    private static readonly WitnessCases Witness = WitnessFile.Read<WitnessCases>("ensembles.json");

    public static TheoryData<int> Cases { get; } = new(0, 1);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Voting_PicksTheSameClasses(int index)
    {
        ClassCase given = Witness.Classification[index];
        double[] outputs = Predict(EnsembleMethod.Voting, given.Labels, given.Members, given.Classes);
        Assert.Equal(given.Hard, outputs.Chunk(given.Classes).Select(row => Evaluator.MostProbable(row)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Averaging_OfProbabilities_IsSoftVoting(int index)
    {
        ClassCase given = Witness.Classification[index];
        AssertClose(given.Soft, Predict(EnsembleMethod.Averaging, given.Labels, given.Members, given.Classes), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stacking_OfClasses_GivesTheSameProbabilities(int index)
    {
        ClassCase given = Witness.Classification[index];
        AssertClose(given.Stacking, Predict(EnsembleMethod.Stacking, given.Labels, given.Members, given.Classes), 1e-5);
    }

    [Fact]
    public void Averaging_OfNumbers_IsTheWeightedMean() =>
        AssertClose(Witness.Regression.Averaging, Predict(EnsembleMethod.Averaging, Witness.Regression.Labels, Witness.Regression.Members, 0), 1e-12);

    [Fact]
    public void Stacking_OfNumbers_GivesTheSame() =>
        AssertClose(Witness.Regression.Stacking, Predict(EnsembleMethod.Stacking, Witness.Regression.Labels, Witness.Regression.Members, 0), 1e-7);

    private static double[] Predict(EnsembleMethod method, double[] labels, double[][] members, int classes)
    {
        // Not whole numbers, which would pass for an identifier.
        Table rows = new([new NumberColumn("row", [.. labels.Select((_, row) => row + 0.25)]), new NumberColumn("y", labels)]);
        TargetEncoding target = TargetEncoding.Infer(rows, "y", classes > 0 ? LearningTask.Classification : LearningTask.Regression);
        MemberFit[] given = [.. members.Select((outputs, index) => new MemberFit(new GivenLearner(outputs, Math.Max(classes, 1))) { Weight = Witness.Weights[index] })];
        TabularModel model = EnsembleTrainer.Fit(new EnsembleFit(rows, target, method, given), default);
        return model.Predict(rows);
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(actual, (value, index) => Assert.Equal(expected[index], value, tolerance));
    }

    private sealed record WitnessCases(double[] Weights, ClassCase[] Classification, NumberCase Regression);

    private sealed record ClassCase(double[] Labels, double[][] Members, int[] Hard, double[] Soft, double[] Stacking)
    {
        public int Classes => Soft.Length / Labels.Length;
    }

    private sealed record NumberCase(double[] Labels, double[][] Members, double[] Averaging, double[] Stacking);
}
