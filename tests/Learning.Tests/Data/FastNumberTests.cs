using System.Globalization;
using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Data;

public sealed class FastNumberTests
{
    private const ulong Seed = 77;

    [Theory]
    [InlineData("0", true)]
    [InlineData("-0.0", true)]
    [InlineData("+12345678", true)]
    [InlineData("123456789.123456789", true)]
    [InlineData("1234567890123456789", true)]
    [InlineData("9007199254740993", true)]
    [InlineData("9007199254740995", true)]
    [InlineData("9007199254740993e3", true)]
    [InlineData("1.7976931348623157E+30", true)]
    [InlineData("0.1234567890123456", true)]
    [InlineData("8.5E-05", true)]
    [InlineData("0e999", true)]
    [InlineData("12345678901234567890", false)]
    [InlineData("1e-300", false)]
    [InlineData("1e", false)]
    [InlineData("1e+", false)]
    [InlineData("1e1x", false)]
    [InlineData("e1", false)]
    [InlineData(".", false)]
    [InlineData("-", false)]
    [InlineData("", false)]
    [InlineData("12345:78", false)]
    [InlineData("1234/678", false)]
    [InlineData("1.2.3", false)]
    public void TryParse_Text_IsWhatTheRuntimeReads(string text, bool here)
    {
        bool read = FastNumber.TryParse(Encoding.ASCII.GetBytes(text), out double number);

        Assert.Equal(here, read);
        Assert.True(!read || Bits(text) == BitConverter.DoubleToInt64Bits(number));
    }

    [Fact]
    public void TryParse_RandomDigits_EveryBitIsWhatTheRuntimeReads()
    {
        DeterministicRandom random = new(Seed);
        int here = 0;
        for (int round = 0; round < 300_000; round++)
        {
            string text = (round % 3) switch
            {
                0 => BitConverter.UInt64BitsToDouble((random.NextUInt64() & 0x000F_FFFF_FFFF_FFFF) | ((ulong)(1023 - 40 + random.NextInt(100)) << 52)).ToString("R", CultureInfo.InvariantCulture),
                1 => Digits(random),
                _ => HalfWay(random),
            };
            if (FastNumber.TryParse(Encoding.ASCII.GetBytes(text), out double number))
            {
                here++;
                Assert.True(Bits(text) == BitConverter.DoubleToInt64Bits(number), $"seed {Seed}, round {round}: {text} is {number:R}");
            }
        }

        Assert.InRange(here, 250_000, 300_000);
    }

    private static string Digits(DeterministicRandom random)
    {
        string digits = (random.NextUInt64() % 10_000_000_000_000_000_000).ToString("D19", CultureInfo.InvariantCulture)[..(1 + random.NextInt(19))];
        string text = digits.Insert(random.NextInt(digits.Length + 1), ".");
        return random.NextInt(2) == 0 ? text : $"-{text}e{random.NextInt(50) - 20}";
    }

    /// <summary>The middle between two doubles, or one unit of the last digit beside it.</summary>
    private static string HalfWay(DeterministicRandom random)
    {
        ulong odd = ((1UL << 53) + (random.NextUInt64() % (1UL << 53))) | 1;
        int shift = random.NextInt(9);
        return ((odd << shift) + (ulong)random.NextInt(3) - 1).ToString(CultureInfo.InvariantCulture);
    }

    private static long Bits(string text) => BitConverter.DoubleToInt64Bits(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
}
