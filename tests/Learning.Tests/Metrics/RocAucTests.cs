using Trainyard.Learning.Metrics;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Metrics;

public class RocAucTests
{
    [Fact]
    public void Binary_ByHand_CountsPairsInOrder()
    {
        // Positives 0.8 and 0.4, negatives 0.6 and 0.2: three of four pairs are in order.
        Assert.Equal(0.75, RocAuc.Binary([true, false, true, false], [0.8, 0.6, 0.4, 0.2]));
    }

    [Fact]
    public void Binary_AllTied_IsOneHalf() =>
        Assert.Equal(0.5, RocAuc.Binary([true, false, false], [0.3, 0.3, 0.3]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Binary_WithOneClassOnly_IsUndefined(bool label) =>
        Assert.Null(RocAuc.Binary([label, label], [0.1, 0.9]));

    [Fact]
    public void Binary_OnRandomScores_EqualsTheCountOfPairs()
    {
        const ulong seed = 71;
        DeterministicRandom random = new(seed);
        for (int trial = 0; trial < 200; trial++)
        {
            int rows = 2 + random.NextInt(30);
            bool[] positive = [.. Enumerable.Range(0, rows).Select(row => row == 0 || (row > 1 && random.NextInt(2) == 0))];
            double[] scores = [.. Enumerable.Range(0, rows).Select(_ => (double)random.NextInt(6))];
            double expected = PairsInOrder(positive, scores);
            Assert.True(Math.Abs(expected - RocAuc.Binary(positive, scores)!.Value) < 1e-12, $"seed {seed}, trial {trial}");
        }
    }

    private static double PairsInOrder(bool[] positive, double[] scores)
    {
        double wins = 0;
        int pairs = 0;
        for (int first = 0; first < scores.Length; first++)
        {
            for (int second = 0; second < scores.Length; second++)
            {
                if (positive[first] && !positive[second])
                {
                    pairs++;
                    wins += scores[first] > scores[second] ? 1 : scores[first] == scores[second] ? 0.5 : 0;
                }
            }
        }

        return wins / pairs;
    }
}
