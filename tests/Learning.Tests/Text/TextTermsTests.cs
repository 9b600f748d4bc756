using Trainyard.Learning.Text;

namespace Trainyard.Learning.Tests.Text;

public class TextTermsTests
{
    [Theory]
    [InlineData("The cat's tail, a_b 42!", 1, "the|cat|tail|a_b|42")]
    [InlineData("one two  three", 2, "one|one two|two|two three|three")]
    [InlineData("one two three", 3, "one|one two|one two three|two|two three|three")]
    [InlineData("x y zz", 2, "zz")]
    [InlineData("Grüße 日本語 हिन्दी", 1, "grüße|日本語|हिन्दी")]
    [InlineData("ok😀ok \uD800nein\uDC00", 1, "ok|ok|nein")]
    [InlineData("𝒳𝒴 𝒳", 1, "𝒳𝒴")]
    [InlineData("", 3, "")]
    public void Of_AText_AreItsWordsAndRuns(string text, int longestRun, string expected) =>
        Assert.Equal(expected, string.Join('|', TextTerms.Of(text, longestRun)));

    [Fact]
    public void Choose_WhenTermsAreTooMany_KeepsTheMostFrequentAndOfEqualsTheFirst()
    {
        TermCounts counts = new();
        counts.Add(["pear", "pear", "fig"]);
        counts.Add(["fig", "apple", "plum", "zest"]);
        counts.Add(["kiwi", "apple"]);
        Assert.Equal(["apple", "fig"], counts.Choose(leastTexts: 2, maximumTerms: 10));
        Assert.Equal(["apple", "fig", "kiwi", "pear"], counts.Choose(leastTexts: 1, maximumTerms: 4));
        Assert.Equal((1, 2), (counts.TextsWith("pear"), counts.TextsWith("fig")));
    }

    [Fact]
    public void Choose_OnceCancelled_StopsSorting()
    {
        using CancellationTokenSource source = new();
        TermCounts counts = new();
        counts.Add(["pear", "fig", "plum"]);
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => counts.Choose(1, 10, source.Token));
    }
}
