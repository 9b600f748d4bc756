using Trainyard.Domain.Documents;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Documents;

public class SightingsTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);

    private readonly ManualTimeProvider clock = new();
    private readonly Sightings sightings;

    public SightingsTests() => sightings = new Sightings(clock);

    [Fact]
    public void HasStood_SeenForTheFirstTime_HasNot()
    {
        Assert.False(Look("a", "1"));
        Assert.False(Look("a", "1"));
    }

    [Fact]
    public void HasStood_SeenUnchangedInEveryRound_HasFromItsAgeOn()
    {
        Look("a", "1");
        clock.Advance(Age - TimeSpan.FromTicks(1));
        Assert.False(Look("a", "1"));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(Look("a", "1"));
        Assert.False(Look("b", "1"));
    }

    [Fact]
    public void HasStood_WrittenInBetween_BeginsAnew()
    {
        Look("a", "1");
        clock.Advance(Age);
        Assert.False(Look("a", "2"));
        clock.Advance(Age);
        Assert.True(Look("a", "2"));
    }

    [Fact]
    public void HasStood_MissingFromARound_BeginsAnew()
    {
        Look("a", "1");
        clock.Advance(Age);
        Look("b", "1");
        Assert.False(Look("a", "1"));
    }

    [Fact]
    public void HasStood_SeenByAProcessOfItsOwnEachTime_HasOnceItIsOlderThanAnyClockIsWrong()
    {
        DateTimeOffset written = clock.GetUtcNow();
        clock.Advance(Sightings.BeyondAnySkew);
        Assert.False(new Sightings(clock).Begin().HasStood(new Stored<int>("a", 0, "1"), Age, written));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(new Sightings(clock).Begin().HasStood(new Stored<int>("a", 0, "1"), Age, written));
    }

    private bool Look(string row, string etag)
    {
        using Sightings.Round round = sightings.Begin();
        return round.HasStood(new Stored<int>(row, 0, etag), Age, clock.GetUtcNow());
    }
}
