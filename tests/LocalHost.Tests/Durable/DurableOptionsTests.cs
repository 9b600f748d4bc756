using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Durable.Core;

namespace Trainyard.LocalHost.Tests.Durable;

/// <summary>The bounds of the options.</summary>
public sealed class DurableOptionsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_OptionOutOfRange_NamesTheSetting(int activities)
    {
        DurableOptions options = new("x.db") { MaxConcurrentActivities = activities };
        DurableException error = Assert.Throws<DurableException>(options.Validate);
        Assert.Contains("DurableOptions.MaxConcurrentActivities must be at least 1", error.Message, StringComparison.Ordinal);
    }
}
