using Trainyard.Domain.Registry.Traffic;
using Trainyard.Learning.Randomness;

namespace Trainyard.Domain.Tests.Registry.Traffic;

public sealed class TrafficLayoutTests
{
    private const ulong Seed = 20260101;

    [Fact]
    public void Change_ByAnySeriesOfShares_MovesNobodyOutOfAVersionThatDoesNotShrink()
    {
        DeterministicRandom random = new(Seed);
        for (int series = 0; series < 40; series++)
        {
            IReadOnlyList<TrafficSegment> before = [new(0, TrafficPlan.AllPoints, 1)];
            for (int change = 0; change < 12; change++)
            {
                IReadOnlyList<VersionShare> wanted = Shares(random);
                IReadOnlyList<TrafficSegment> after = TrafficLayout.Change(before, wanted);

                RequireWhole(after, wanted);
                int[] owned = Owners(before);
                int[] owns = Owners(after);
                int moved = owned.Zip(owns).Count(pair => pair.First != pair.Second);
                Dictionary<int, int> shrunk = Shrunk(owned, owns);
                Assert.Equal(shrunk.Values.Sum(), moved);
                Assert.All(owned.Zip(owns).Where(pair => pair.First != pair.Second), pair => Assert.True(shrunk.ContainsKey(pair.First)));
                before = after;
            }
        }
    }

    [Fact]
    public void Change_StepByStepToANewVersion_KeepsTwoPieces()
    {
        IReadOnlyList<TrafficSegment> segments = [new(0, TrafficPlan.AllPoints, 1)];
        foreach (int percent in new[] { 1, 5, 10, 25, 50, 40, 20 })
        {
            segments = TrafficLayout.Change(segments, [new(1, TrafficPlan.AllPoints - (percent * 100)), new(2, percent * 100)]);

            Assert.Equal([new(0, TrafficPlan.AllPoints - (percent * 100), 1), new(TrafficPlan.AllPoints - (percent * 100), TrafficPlan.AllPoints, 2)], segments);
        }
    }

    [Fact]
    public void Change_ToOtherVersionsAltogether_GivesEachItsShare()
    {
        IReadOnlyList<TrafficSegment> segments = TrafficLayout.Change([new(0, TrafficPlan.AllPoints, 1)], [new(2, 3_333), new(3, 6_667)]);

        RequireWhole(segments, [new(2, 3_333), new(3, 6_667)]);
    }

    private static IReadOnlyList<VersionShare> Shares(DeterministicRandom random)
    {
        int[] versions = [.. Enumerable.Range(1, 5).Where(_ => random.NextInt(3) > 0)];
        if (versions.Length == 0)
        {
            versions = [1];
        }

        int left = TrafficPlan.AllPoints;
        List<VersionShare> shares = [];
        foreach (int version in versions[..^1])
        {
            int points = 1 + random.NextInt(Math.Max(left / 2, 1));
            shares.Add(new VersionShare(version, points));
            left -= points;
        }

        shares.Add(new VersionShare(versions[^1], left));
        return shares;
    }

    private static void RequireWhole(IReadOnlyList<TrafficSegment> segments, IReadOnlyList<VersionShare> wanted)
    {
        Assert.Equal(0, segments[0].From);
        Assert.Equal(TrafficPlan.AllPoints, segments[^1].Before);
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.True(pair.First.Before == pair.Second.From && pair.First.Sequence != pair.Second.Sequence));
        Dictionary<int, int> points = segments.GroupBy(segment => segment.Sequence).ToDictionary(own => own.Key, own => own.Sum(segment => segment.Before - segment.From));
        Assert.Equal(wanted.ToDictionary(share => share.Sequence, share => share.Points), points);
    }

    private static int[] Owners(IReadOnlyList<TrafficSegment> segments) =>
        [.. segments.SelectMany(segment => Enumerable.Repeat(segment.Sequence, segment.Before - segment.From))];

    private static Dictionary<int, int> Shrunk(int[] before, int[] after)
    {
        Dictionary<int, int> now = after.CountBy(owner => owner).ToDictionary();
        return before.CountBy(owner => owner)
            .Select(owner => KeyValuePair.Create(owner.Key, owner.Value - now.GetValueOrDefault(owner.Key)))
            .Where(change => change.Value > 0)
            .ToDictionary();
    }
}
