using System.Text;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.Tests.Serving.Ids;

public class PredictionIdTests
{
    private const string Known = "019b76da-a800-7123-8456-0123456789ab";
    private const string Written = "019b76daa800712384560123456789ab-deadbeef-3-c-9f86d081884c7d65-0-c2cf24dba5fb0a30e";

    private static PredictionId Some { get; } = new PredictionId
    {
        Request = Guid.Parse(Known),
        ModelTag = 0xdeadbeef,
        Sequence = 3,
        Deployment = 12,
        Unit = 0x9f86d081884c7d65,
        Predicted = PredictedValue.Of("hello"),
    };

    [Fact]
    public void ToString_OfALabel_IsTheFormThatIsDocumented() => Assert.Equal(Written, Some.ToString());

    [Fact]
    public void Format_WritesTheSameBytes()
    {
        byte[] utf8 = new byte[PredictionId.MaxLength];
        Assert.Equal(Written, Encoding.ASCII.GetString(utf8, 0, Some.Format(utf8)));
    }

    [Fact]
    public void At_OfAVersion7Guid_IsItsTime() =>
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Some.At);

    [Fact]
    public void Format_OfTheLongest_Fits()
    {
        PredictionId longest = Some with
        {
            ModelTag = uint.MaxValue, Sequence = int.MaxValue, Deployment = int.MaxValue, Unit = ulong.MaxValue, Row = int.MaxValue, Predicted = new PredictedValue(PredictedKind.Number, ulong.MaxValue),
        };
        Assert.True(PredictionId.TryParse(longest.ToString(), out PredictionId read));
        Assert.Equal(longest, read);
    }

    [Fact]
    public void TryParse_OfWhatWasWritten_IsTheSame()
    {
        Random random = new(20260101);
        for (int round = 0; round < 10_000; round++)
        {
            double number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            PredictionId id = Some with
            {
                Unit = (ulong)random.NextInt64() >> random.Next(64), ModelTag = (uint)random.Next(), Row = random.Next(), Deployment = random.Next(1000), Predicted = PredictedValue.Of(number),
            };

            Assert.True(PredictionId.TryParse(id.ToString(), out PredictionId read), id.ToString());
            Assert.Equal(id, read);
            Assert.Equal(number, read.Predicted.Number);
        }
    }

    [Fact]
    public void Number_IsExact() => Assert.Equal(-0.1, PredictedValue.Of(-0.1).Number);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pred_123")]
    [InlineData("019b76da-a800-7123-8456-0123456789ab")]
    [InlineData("019b76daa800712384560123456789ab")]
    [InlineData("019B76DAA800712384560123456789AB-deadbeef-3-c-9f86d081884c7d65-0-c1")]
    [InlineData("019b76daa800712384560123456789ab-deadbeef-0-c-9f86d081884c7d65-0-c1")]
    [InlineData("019b76daa800712384560123456789ab-deadbeef-03-c-9f86d081884c7d65-0-c1")]
    [InlineData("019b76daa800712384560123456789ab-deadbeef-ffffffff-c-9f86d081884c7d65-0-c1")]
    [InlineData("019b76daa800712384560123456789ab-1deadbeef-3-c-9f86d081884c7d65-0-c1")]
    [InlineData("019b76daa800712384560123456789ab-deadbeef-3-c-9f86d081884c7d65-0-x1")]
    [InlineData("019b76daa800712384560123456789ab-deadbeef-3-c-9f86d081884c7d65-0-c")]
    [InlineData("019b76daa800712384560123456789ab-deadbeef-3-c-9f86d081884c7d65-0-c1-0")]
    [InlineData("019b76daa800712384560123456789ab-deadbeef-3-c-9f86d081884c7d65-0-c1 ")]
    [InlineData("019b76daa800712384560123456789abxdeadbeef-3-c-9f86d081884c7d65-0-c1")]
    [InlineData("019b76daa800712384560123456789ab-deadbeef--c-9f86d081884c7d65-0-c1")]
    [InlineData("ffffffffffff71238456012345678900-deadbeef-3-c-9f86d081884c7d65-0-c1")]
    public void TryParse_OfWhatNoPredictionIsCalled_IsFalse(string? text) => Assert.False(PredictionId.TryParse(text, out _));

    [Fact]
    public void Ids_OfLaterRequests_SortAfterThoseOfEarlierOnes()
    {
        PredictionId later = Some with { Request = Guid.Parse("019b76da-a801-7000-8000-000000000000") };
        Assert.True(string.CompareOrdinal(Some.ToString(), later.ToString()) < 0);
    }
}
