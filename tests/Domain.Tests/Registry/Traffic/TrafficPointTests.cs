using System.Globalization;
using System.Text;
using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Domain.Tests.Registry.Traffic;

public sealed class TrafficPointTests
{
    // python3: int.from_bytes(hashlib.sha256(b"salt\0" + key.encode()).digest()[:8], "big") * 10000 >> 64
    [Theory]
    [InlineData("ada", 480)]
    [InlineData("grace", 1171)]
    [InlineData("éloïse", 5443)]
    public void Of_AKey_IsWhatSha256Says(string key, int point) => Assert.Equal(point, TrafficPoint.Of("salt"u8, key));

    [Fact]
    public void Of_ManyKeys_IsEven()
    {
        const int Keys = 100_000;
        const int Cells = 100;
        int[] counts = new int[Cells];
        for (int key = 0; key < Keys; key++)
        {
            counts[TrafficPoint.Of("salt"u8, "user-" + key.ToString(CultureInfo.InvariantCulture)) * Cells / TrafficPlan.AllPoints]++;
        }

        // Chi-square of 99 degrees of freedom exceeds 149 once in a thousand times.
        double expected = Keys / (double)Cells;
        Assert.True(counts.Sum(count => Math.Pow(count - expected, 2) / expected) < 149);
    }

    [Fact]
    public void Of_OtherSalts_IsIndependent()
    {
        byte[] salt = Encoding.UTF8.GetBytes("other");
        int both = Enumerable.Range(0, 10_000).Count(key =>
            TrafficPoint.Of("salt"u8, $"user-{key}") < TrafficPlan.AllPoints / 10 && TrafficPoint.Of(salt, $"user-{key}") < TrafficPlan.AllPoints / 10);

        // 1 % of them; six standard deviations to either side.
        Assert.InRange(both, 40, 160);
    }

    [Fact]
    public void Of_TheLongestKey_Fits() => Assert.InRange(TrafficPoint.Of(new byte[TrafficPoint.MaxSaltBytes], new string('\u20ac', TrafficPoint.MaxKeyLength)), 0, TrafficPlan.AllPoints - 1);
}
