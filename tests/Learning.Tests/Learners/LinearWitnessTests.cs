using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Linear;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Learners;

public class LinearWitnessTests
{
    /// <summary>The witness stops at its own tolerance; coefficients are of order 1 (diabetes: 10 to 200).</summary>
    private const double RelativeTolerance = 1e-4;

    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, Read().Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_OnSamples_FindsTheWitnessCoefficients(int index)
    {
        Case witness = Read()[index];
        ILearner learner = LearnerCatalog.Get(witness.Learner);
        LinearModel model = (LinearModel)learner.Fit(Samples.Load(witness.Data, standardize: true), new LearnerSettings(witness.Settings), new FitOptions(1), default);
        AssertClose(witness.Slopes, model.Slopes.ToArray());
        AssertClose(witness.Intercepts, model.Intercepts.ToArray());
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1, expected.Max(Math.Abs));
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.True(Math.Abs(expected[index] - actual[index]) <= RelativeTolerance * scale, $"{index}: {expected[index]} but {actual[index]}");
        }
    }

    private static Case[] Read() => WitnessFile.Read<Case[]>("linear_models.json");

    public sealed record Case(string Learner, string Data, Dictionary<string, double> Settings, double[] Slopes, double[] Intercepts);
}
