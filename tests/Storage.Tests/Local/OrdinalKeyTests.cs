using Trainyard.LocalHost.Storage;

namespace Trainyard.Storage.Tests.Local;

public sealed class OrdinalKeyTests
{
    private const int Seed = 20_260_119;

    [Fact]
    public void Encode_EveryCodeUnit_ComesBackAndKeepsItsOrder()
    {
        byte[] previous = [];
        for (int code = 0; code < 0x10000; code++)
        {
            byte[] bytes = OrdinalKey.Encode(((char)code).ToString());
            Assert.Equal(((char)code).ToString(), OrdinalKey.Decode(bytes));
            Assert.True(bytes.AsSpan().SequenceCompareTo(previous) > 0, $"U+{code:X4}");
            previous = bytes;
        }
    }

    [Fact]
    public void Encode_AnyTexts_CompareAsTheTextsDo()
    {
        Random random = new(Seed);
        for (int round = 0; round < 20_000; round++)
        {
            string left = RandomText(random);
            string right = random.Next(2) == 0 ? left + RandomText(random) : RandomText(random);
            int bytes = OrdinalKey.Encode(left).AsSpan().SequenceCompareTo(OrdinalKey.Encode(right));
            Assert.True(Math.Sign(bytes) == Math.Sign(string.CompareOrdinal(left, right)), $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void AfterPrefix_HoldsEveryTextWithThePrefixAndNoOther()
    {
        byte[] end = OrdinalKey.AfterPrefix("a");

        Assert.All((string[])["a", "a\uffff\uffff", "ab"], text => Assert.True(OrdinalKey.Encode(text).AsSpan().SequenceCompareTo(end) < 0));
        Assert.True(OrdinalKey.Encode("b").AsSpan().SequenceCompareTo(end) > 0);
    }

    private static string RandomText(Random random) =>
        new([.. Enumerable.Range(0, random.Next(5)).Select(_ => (char)(random.Next(2) == 0 ? random.Next(0x80) : random.Next(0x10000)))]);
}
