using Trainyard.Learning.Import;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Import;

public class SingleThresholdTests
{
    public static TheoryData<float> Limits { get; } =
        [0, -0f, 1, -1, 0.1f, -0.1f, 1.0000001f, float.Epsilon, -float.Epsilon, 1.17549435E-38f, float.MaxValue, float.MinValue, float.BitDecrement(float.MaxValue), float.PositiveInfinity, float.NegativeInfinity];

    [Theory]
    [MemberData(nameof(Limits))]
    public void AtMost_OnEveryDoubleNearby_SaysWhatRoundingSays(float limit)
    {
        double threshold = SingleThreshold.AtMost(limit);
        Assert.All(Near(limit), value => Assert.Equal((float)value <= limit, value <= threshold));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void Below_OnEveryDoubleNearby_SaysWhatRoundingSays(float limit)
    {
        if (!float.IsNegativeInfinity(limit))
        {
            double threshold = SingleThreshold.Below(limit);
            Assert.All(Near(limit), value => Assert.Equal((float)value < limit, value <= threshold));
        }
    }

    [Fact]
    public void AtMost_OnRandomLimits_SaysWhatRoundingSays()
    {
        DeterministicRandom random = new(8);
        for (int trial = 0; trial < 2000; trial++)
        {
            float limit = BitConverter.Int32BitsToSingle((int)(uint)random.NextUInt64());
            if (float.IsFinite(limit))
            {
                (double atMost, double below) = (SingleThreshold.AtMost(limit), SingleThreshold.Below(limit));
                Assert.All(Near(limit), value => Assert.Equal(((float)value <= limit, (float)value < limit), (value <= atMost, value <= below)));
            }
        }
    }

    /// <summary>The limit, its neighbours in 32 bits, the middles between them and their neighbours in 64 bits.</summary>
    private static List<double> Near(float limit)
    {
        float[] singles = [float.BitDecrement(float.BitDecrement(limit)), float.BitDecrement(limit), limit, float.BitIncrement(limit), float.BitIncrement(float.BitIncrement(limit))];
        List<double> near = [double.MinValue, double.MaxValue, 3.4028235677973366e38, -3.4028235677973366e38];
        near.AddRange(singles.Select(single => (double)single));
        near.AddRange(singles.Zip(singles.Skip(1), (from, to) => ((double)from + to) / 2).Where(double.IsFinite));
        return [.. near.SelectMany(value => new[] { double.BitDecrement(value), value, double.BitIncrement(value) }).Where(value => !double.IsNaN(value))];
    }
}
