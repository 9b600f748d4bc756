using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Tests.Registry;

public sealed class SemanticVersionTests
{
    [Theory]
    [InlineData("0.0.0")]
    [InlineData("1.2.3")]
    [InlineData("10.20.30")]
    public void TryParse_Version_RoundTrips(string text)
    {
        Assert.True(SemanticVersion.TryParse(text, out SemanticVersion version));
        Assert.Equal(text, version.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("01.2.3")]
    [InlineData("1.-2.3")]
    [InlineData("1.2.99999999999")]
    [InlineData("v1.2.3")]
    public void TryParse_AnythingElse_IsFalse(string? text) => Assert.False(SemanticVersion.TryParse(text, out _));

    [Fact]
    public void Comparison_IsByNumberAndNotByText() => Assert.True(new SemanticVersion(1, 10, 0) > new SemanticVersion(1, 9, 9));
}
