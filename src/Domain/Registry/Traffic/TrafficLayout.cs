namespace Trainyard.Domain.Registry.Traffic;

/// <summary>Parts callers among versions so that a change moves as few of them as it can.</summary>
/// <remarks>
/// Every caller has a fixed point, every point belongs to one version. A version that shrinks gives up as many points as its
/// share loses, one that grows takes what was given up, and nobody else's points move. So a caller leaves a version only when the
/// share of that version shrinks.
/// </remarks>
internal static class TrafficLayout
{
    private const int Nobody = 0;

    /// <summary>The segments of other shares.</summary>
    /// <param name="current">The segments so far, covering every point.</param>
    /// <param name="wanted">The shares to come: positive, each version once, together every point.</param>
    /// <returns>Segments in order, covering every point; neighbours belong to different versions.</returns>
    public static IReadOnlyList<TrafficSegment> Change(IReadOnlyList<TrafficSegment> current, IReadOnlyList<VersionShare> wanted)
    {
        int[] owners = Owners(current);
        Dictionary<int, int> changes = Changes(owners, wanted);
        foreach ((int sequence, int surplus) in changes.Where(change => change.Value < 0))
        {
            Free(owners, sequence, -surplus, changes);
        }

        foreach (VersionShare share in wanted)
        {
            Take(owners, share.Sequence, changes[share.Sequence]);
        }

        return Segments(owners);
    }

    private static int[] Owners(IReadOnlyList<TrafficSegment> segments)
    {
        int[] owners = new int[TrafficPlan.AllPoints];
        foreach (TrafficSegment segment in segments)
        {
            Array.Fill(owners, segment.Sequence, segment.From, segment.Before - segment.From);
        }

        return owners;
    }

    // By how many points each version grows or shrinks; in order of version, so that the outcome depends on nothing else.
    private static Dictionary<int, int> Changes(int[] owners, IReadOnlyList<VersionShare> wanted)
    {
        SortedDictionary<int, int> changes = [];
        foreach (VersionShare share in wanted)
        {
            changes[share.Sequence] = share.Points;
        }

        foreach ((int sequence, int points) in owners.Where(owner => owner != Nobody).CountBy(owner => owner))
        {
            changes[sequence] = changes.GetValueOrDefault(sequence) - points;
        }

        return changes.ToDictionary();
    }

    // From the side where a version that grows comes next, so that pieces stay few.
    private static void Free(int[] owners, int sequence, int count, Dictionary<int, int> changes)
    {
        int first = Array.IndexOf(owners, sequence);
        bool fromLeft = first > 0 && changes.GetValueOrDefault(owners[first - 1]) > 0;
        (int point, int step) = fromLeft ? (first, 1) : (owners.Length - 1, -1);
        for (; count > 0; point += step)
        {
            if (owners[point] == sequence)
            {
                owners[point] = Nobody;
                count--;
            }
        }
    }

    private static void Take(int[] owners, int sequence, int count)
    {
        for (int point = 0; count > 0; point++)
        {
            if (owners[point] == Nobody)
            {
                owners[point] = sequence;
                count--;
            }
        }
    }

    private static List<TrafficSegment> Segments(int[] owners)
    {
        List<TrafficSegment> segments = [];
        int from = 0;
        for (int point = 1; point <= owners.Length; point++)
        {
            if (point == owners.Length || owners[point] != owners[from])
            {
                segments.Add(new TrafficSegment(from, point, owners[from]));
                from = point;
            }
        }

        return segments;
    }
}
