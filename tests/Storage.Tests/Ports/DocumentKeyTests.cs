using System.Text;
using Trainyard.Domain.Ports;
using Xunit.Abstractions;

namespace Trainyard.Storage.Tests.Ports;

public sealed class DocumentKeyTests(ITestOutputHelper output)
{
    private const int Seed = 20_260_118;
    private const int Rounds = 20_000;
    private static readonly string[] Alphabet = [.. "!\"#$./0>?@[\\]|}~aA".Select(character => character.ToString()), "\0", "\u001f", " ", "\u007f", "\u009f", "\u00a0", "é", "\ud7ff", "😀", "\ue000", "\uffff"];

    [Theory]
    [InlineData("plain-Name_1", "plain-Name_1")]
    [InlineData("größe 漢 😀", "größe\"0020漢\"0020😀")]
    [InlineData("a/b", "a.002fb")]
    [InlineData("1.0", "1.002e0")]
    [InlineData("a\\b?c#d", "a[005cb>003fc\"0023d")]
    [InlineData("a!b\"c~", "a\"0021b\"0022c~007e")]
    [InlineData("\0\u009f", "\"0000~009f")]
    [InlineData("", "")]
    public void Of_OnePart_EncodesWhatKeysMayNotHave(string part, string expected) => Assert.Equal(expected, DocumentKey.Of(part));

    [Fact]
    public void Of_UnpairedSurrogate_IsEncoded() => Assert.Equal("a~d800b", DocumentKey.Of("a\ud800b"));

    [Fact]
    public void Of_Parts_AreSeparated() => Assert.Equal("tenant!pipelines!!x", DocumentKey.Of("tenant", "pipelines", "", "x"));

    [Fact]
    public void Of_NoParts_Throws() => Assert.Throws<ArgumentException>(() => DocumentKey.Of());

    [Fact]
    public void Of_AnyTwoLists_AreOrderedAsTheLists()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        for (int round = 0; round < Rounds; round++)
        {
            string[] left = RandomParts(random);
            string[] right = random.Next(3) == 0 ? [.. left[..^1], RandomPart(random)] : RandomParts(random);
            int keys = string.CompareOrdinal(DocumentKey.Of(left), DocumentKey.Of(right));
            Assert.True(Math.Sign(keys) == Compare(left, right), $"seed {Seed}, round {round}: [{string.Join(", ", left)}] and [{string.Join(", ", right)}]");
        }
    }

    [Fact]
    public void Of_AnyText_IsAcceptedByEveryStore()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        char[] units = new char[8];
        for (int round = 0; round < Rounds; round++)
        {
            for (int index = 0; index < units.Length; index++)
            {
                units[index] = (char)(random.Next(2) == 0 ? random.Next(0x100) : random.Next(0x10000));
            }

            DocumentChecks.Key(DocumentKey.Of(new string(units)), "key");
        }
    }

    [Fact]
    public void Of_UnpairedSurrogates_AreInjective()
    {
        string[] texts = [.. Enumerable.Range(0, 0x10000).Select(code => ((char)code).ToString())];

        Assert.Equal(texts.Length, texts.Select(text => DocumentKey.Of(text)).Distinct(StringComparer.Ordinal).Count());
        Assert.NotEqual(DocumentKey.Of("\ud83d", "\ude00"), DocumentKey.Of("😀"));
        Assert.Equal(DocumentKey.Of("\ud83d").Length + DocumentKey.Of("\ude00").Length, DocumentKey.Of("\ude00\ud83d").Length);
    }

    [Fact]
    public void Within_Range_HoldsExactlyTheLongerListsThatBeginSo()
    {
        Random random = new(Seed);
        for (int round = 0; round < Rounds; round++)
        {
            string[] leading = RandomParts(random)[..1];
            string[] parts = random.Next(2) == 0 ? RandomParts(random) : [.. leading, .. RandomParts(random)];
            (string from, string before) = DocumentKey.Within(leading);
            string key = DocumentKey.Of(parts);
            bool inside = string.CompareOrdinal(key, from) >= 0 && string.CompareOrdinal(key, before) < 0;
            Assert.Equal(parts.Length > 1 && parts[0] == leading[0], inside);
        }
    }

    [Fact]
    public void NewestFirst_LaterTime_SortsFirst()
    {
        DateTimeOffset time = new(2026, 1, 31, 23, 59, 59, TimeSpan.FromHours(5));
        DateTimeOffset[] times = [DateTimeOffset.MinValue, time, time.AddTicks(1), time.AddYears(900), DateTimeOffset.MaxValue];

        Assert.Equal(times.Reverse(), times.OrderBy(DocumentKey.NewestFirst, StringComparer.Ordinal));
        Assert.All(times, one => Assert.Equal(19, DocumentKey.NewestFirst(one).Length));
        Assert.Equal(DocumentKey.NewestFirst(time), DocumentKey.NewestFirst(time.ToUniversalTime()));
    }

    private static string RandomPart(Random random)
    {
        StringBuilder part = new();
        for (int length = random.Next(4); length > 0; length--)
        {
            part.Append(Alphabet[random.Next(Alphabet.Length)]);
        }

        return part.ToString();
    }

    private static string[] RandomParts(Random random) => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomPart(random))];

    private static int Compare(string[] left, string[] right)
    {
        for (int index = 0; index < Math.Min(left.Length, right.Length); index++)
        {
            int order = Math.Sign(string.CompareOrdinal(left[index], right[index]));
            if (order != 0)
            {
                return order;
            }
        }

        return Math.Sign(left.Length - right.Length);
    }
}
