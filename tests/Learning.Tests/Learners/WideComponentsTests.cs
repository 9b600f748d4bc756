using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Components;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Learners;

/// <summary>Principal components of tables with hundreds of columns: of more rows than columns, and of fewer.</summary>
public class WideComponentsTests
{
    private const double Share = 0.95;

    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, Read().Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_OfHundredsOfColumns_FindsTheWitnesssComponents(int index)
    {
        Case witness = Read()[index];
        FeatureMatrix matrix = Table(witness.Rows, witness.Columns);
        PrincipalComponents found = PrincipalComponents.Fit(matrix, null, Share, 0, 2, default);
        Assert.Equal(witness.Variances.Length, found.Count);
        Assert.Equal(witness.Total, found.TotalVariance, 1e-9 * witness.Total);
        Assert.All(witness.Variances, (variance, component) => Assert.Equal(variance, found.Variances[component], 1e-9 * witness.Total));
        double[] row = new double[witness.Columns];
        Assert.All(witness.Errors, (error, place) =>
        {
            matrix.CopyRow(place, row);
            Assert.Equal(error, found.SquaredError(row), 1e-7 * witness.Total);
        });
    }

    [Fact]
    public void Fit_OfFewRows_HasAxesAtRightAngles()
    {
        PrincipalComponents found = PrincipalComponents.Fit(Table(20, 900), null, 1, 0, 2, default);
        Assert.InRange(found.Count, 10, 19);
        for (int first = 0; first < found.Count; first++)
        {
            for (int second = 0; second <= first; second++)
            {
                Assert.Equal(first == second ? 1 : 0, Vectors.Dot(found.Axis(first), found.Axis(second)), 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(20, 700)]
    [InlineData(80, 60)]
    public void Fit_WithDoubledWeights_EqualsDoubledRows(int rows, int columns)
    {
        FeatureMatrix matrix = Table(rows, columns);
        double[] weights = [.. Enumerable.Range(0, rows).Select(row => row < 5 ? 2.0 : 1)];
        PrincipalComponents weighted = PrincipalComponents.Fit(matrix, weights, Share, 0, 2, default);
        PrincipalComponents repeated = PrincipalComponents.Fit(matrix.SelectRows([.. Enumerable.Range(0, rows), .. Enumerable.Range(0, 5)]), null, Share, 0, 2, default);
        Assert.Equal(repeated.Count, weighted.Count);
        Assert.All(repeated.Variances, (variance, component) => Assert.Equal(variance, weighted.Variances[component], 1e-9 * repeated.TotalVariance));
    }

    [Fact]
    public void Fit_OfManyRowsAndManyColumns_SaysTheLimit()
    {
        int most = PrincipalComponents.MaximumOrder;
        double[] column = new double[most + 1];
        FeatureMatrix matrix = Some.Numbers([.. Enumerable.Repeat(column, most + 1)]);
        LearningException failure = Assert.Throws<LearningException>(() => PrincipalComponents.Fit(matrix, null, Share, 0, 1, default));
        Assert.Equal("too_many_features", failure.Code);
        Assert.Contains($"{most}", failure.Message, StringComparison.Ordinal);
    }

    private static FeatureMatrix Table(int rows, int columns) => Some.Numbers(
        [.. Enumerable.Range(0, columns).Select(column => (double[])[.. Enumerable.Range(0, rows).Select(row => Math.Sin(0.13 * row * (1 + (column % 7))) + (0.3 * Math.Cos(row * (column + 1) % 101)))])]);

    private static Case[] Read() => WitnessFile.Read<Case[]>("wide_components.json");

    public sealed record Case(int Rows, int Columns, double[] Variances, double Total, double[] Errors);
}
