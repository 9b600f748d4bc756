using Trainyard.Domain.Naming;

namespace Trainyard.Domain.Tests.Naming;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("treshold", "threshold")]
    [InlineData("modle_name", "model_name")]
    [InlineData("THRESHOLD", "threshold")]
    [InlineData("entirely_else", null)]
    [InlineData("", null)]
    public void Nearest_OfAFewNames_IsTheOneMeant(string text, string? expected) =>
        Assert.Equal(expected, Suggestion.Nearest(text, ["model_name", "threshold", "schedule"]));

    [Fact]
    public void Nearest_OfAVeryLongName_IsNone() => Assert.Null(Suggestion.Nearest(new string('a', 100_000), ["a"]));
}
