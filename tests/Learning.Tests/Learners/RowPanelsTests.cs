using System.Runtime.Intrinsics;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class RowPanelsTests
{
    private const ulong Seed = 11;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(8, 28)]
    [InlineData(9, 5)]
    [InlineData(100, 17)]
    public void Measure_EveryRowAndPoint_IsTheSquaredDistance(int count, int width)
    {
        const int pointCount = 6;
        DeterministicRandom random = new(Seed);
        double[][] columns = [.. Enumerable.Range(0, width).Select(_ => Numbers(random, count))];
        double[] shifts = Numbers(random, width);
        double[] points = Numbers(random, pointCount * width);
        RowPanels panels = Fill(columns, shifts, count);
        (double[] factors, double[] squares) = RowPanels.Prepare(points, width, pointCount);
        Span<Vector512<double>> measured = new Vector512<double>[RowPanels.Points];
        for (int row = 0; row < count; row++)
        {
            int panel = row / RowPanels.Lanes;
            for (int point = 0; point < pointCount; point++)
            {
                int group = point / RowPanels.Points * RowPanels.Points;
                RowPanels.Measure(panels.Panel(panel), factors.AsSpan(group * width, RowPanels.Points * width), squares.AsSpan(group, RowPanels.Points), measured);
                double distance = (measured[point - group] + panels.Norms[panel])[row % RowPanels.Lanes];
                double expected = Enumerable.Range(0, width).Sum(feature => Math.Pow(columns[feature][row] - shifts[feature] - points[(point * width) + feature], 2));
                Assert.Equal(expected, distance, 1e-9);
            }
        }
    }

    [Fact]
    public void Measure_AgainstPointsThatAreMadeUp_IsInfinite()
    {
        RowPanels panels = Fill([[3], [4]], [0, 0], 1);
        (double[] factors, double[] squares) = RowPanels.Prepare([1, 1], 2, 1);
        Vector512<double>[] measured = new Vector512<double>[RowPanels.Points];
        RowPanels.Measure(panels.Panel(0), factors, squares, measured);
        Assert.All(measured[1..], distance => Assert.Equal(double.PositiveInfinity, distance[0]));
    }

    [Fact]
    public void Take_SomeRows_ReplacesAllOfThem()
    {
        double[][] columns = [[.. Enumerable.Range(0, 20).Select(row => (double)row)], [.. Enumerable.Range(0, 20).Select(row => 100.0 + row)]];
        RowPanels source = Fill(columns, [0, 0], 20);
        RowPanels taken = new(9, 2);
        int[] rows = [19, 0, 3, 3, 8, 7, 16, 15, 1];
        taken.Take(source, rows, default);
        double[] row = new double[2];
        for (int index = 0; index < rows.Length; index++)
        {
            taken.CopyRow(index, row);
            Assert.Equal([rows[index], 100.0 + rows[index]], row);
            Assert.Equal((row[0] * row[0]) + (row[1] * row[1]), taken.Norms[index / RowPanels.Lanes][index % RowPanels.Lanes]);
        }
    }

    private static RowPanels Fill(double[][] columns, double[] shifts, int count)
    {
        FeatureInfo[] features = [.. columns.Select((_, index) => new FeatureInfo($"x{index}", $"x{index}", FeatureKind.Number))];
        RowPanels panels = new(count, columns.Length);
        panels.Fill(new FeatureMatrix(features, columns, count), shifts, 0, panels.PanelCount);
        return panels;
    }

    private static double[] Numbers(DeterministicRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
}
