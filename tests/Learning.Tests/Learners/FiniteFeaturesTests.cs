using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Tests.Learners;

public class FiniteFeaturesTests
{
    private const int Rows = 11;

    [Theory]
    [InlineData(double.PositiveInfinity, true, true)]
    [InlineData(double.NegativeInfinity, true, true)]
    [InlineData(double.NaN, true, false)]
    [InlineData(double.MaxValue, false, false)]
    public void Check_FaultInAnyRow_NamesTheColumn(double value, bool isRefused, bool isRefusedWhereMissingMayStay)
    {
        for (int row = 0; row < Rows; row++)
        {
            double[] column = new double[Rows];
            column[row] = value;
            AssertRefused(isRefused, () => FiniteFeatures.Check(Some.Numbers(new double[Rows], column), default));
            AssertRefused(isRefusedWhereMissingMayStay, () => FiniteFeatures.CheckPresent(Some.Numbers(new double[Rows], column), default));
        }
    }

    private static void AssertRefused(bool isRefused, Action check)
    {
        Exception? failure = Record.Exception(check);
        Assert.Equal(isRefused ? ("feature_not_finite", "x1") : (null, null), ((failure as LearningException)?.Code, (failure as LearningException)?.Field));
    }
}
