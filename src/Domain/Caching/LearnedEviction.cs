namespace Trainyard.Domain.Caching;

/// <summary>What is expected to be asked for least often, for the room that it takes, leaves first; how far back to look is learned.</summary>
/// <remarks>
/// Each value has scores of recency and frequency (Lee et al., LRFU: a spectrum of policies that subsumes the least recently
/// used and least frequently used policies, IEEE Transactions on Computers 50, 2001): every use counts 1 and is worth half
/// after so many uses of anything, and a score is divided by the bytes it is paid with. One of several half-lives decides.
/// Beside it all others, and plain recency, are followed as if they did: which values each would hold now, among them
/// values that have left. Whoever would have had the most hits lately chooses (Gramacy et al., Adaptive caching by
/// refetching, NIPS 2002), so that it is about as good as the best of them, and plain recency is one of them. Values that
/// none would hold are forgotten after a while, which bounds what is known. Deterministic.
/// </remarks>
/// <param name="maxCount">Values that are held at most.</param>
/// <param name="maxBytes">Bytes of them at most.</param>
internal sealed class LearnedEviction<TKey, TValue>(int maxCount, long maxBytes) : IEviction<TKey, TValue>
    where TKey : notnull
    where TValue : class, ICachedValue
{
    /// <summary>Hits of so many uses for each value held say who chooses: long enough for a tenth of a percent, short enough to follow a day's turns.</summary>
    private const double HorizonPerValue = 50;

    /// <summary>Values chosen by one ranking, as a part of those held: so the cost of ranking is shared by that many loads.</summary>
    private const int RankingsPerRound = 64;

    /// <summary>Values that are known, for each value held: what was asked for lately is remembered, so that it can be told from what is new.</summary>
    private const int KnownPerValue = 10;

    /// <summary>Half-lives in uses for each value held; the first expert is recency and has none.</summary>
    private static readonly double[] HalfLives = [0, 1, 4, 16, 64];

    private readonly Dictionary<TKey, Known> known = [];
    private readonly double[] hits = new double[HalfLives.Length];
    private readonly Queue<(TKey Key, long Uses)> victims = new();
    private double uses;

    /// <summary>Who chooses: 0 for recency, else the place among the half-lives.</summary>
    internal int Chooser { get; private set; }

    /// <summary>Values that are known, held or not.</summary>
    internal int KnownCount => known.Count;

    /// <inheritdoc/>
    public void Loaded(TKey key, TValue value)
    {
        if (!known.TryGetValue(key, out Known? entry))
        {
            entry = new Known();
            known.Add(key, entry);
        }

        Credit(entry, 1);
        entry.IsHeld = true;
        entry.Fresh++;
        entry.Bytes = value.Bytes;
        entry.LastUsed = value.LastUsed;

        // The use that it was loaded for is counted here, and noted by the value itself once it is handed out.
        entry.SeenUses = 1;
    }

    /// <inheritdoc/>
    public TKey Choose(IReadOnlyList<KeyValuePair<TKey, TValue>> held)
    {
        Dictionary<TKey, TValue>? leaving = victims.Count == 0 ? null : held.ToDictionary(each => each.Key, each => each.Value);
        while (victims.TryDequeue(out (TKey Key, long Uses) next))
        {
            // One that was used since the ranking is not what it was; nor is one preferred to what came since.
            bool isStill = leaving!.TryGetValue(next.Key, out TValue? value) && value.Uses == next.Uses;
            if (isStill && (!value!.IsPreferred || held.All(each => each.Value.IsPreferred)))
            {
                return next.Key;
            }
        }

        Rank(held);
        return victims.Dequeue().Key;
    }

    private void Rank(IReadOnlyList<KeyValuePair<TKey, TValue>> held)
    {
        TakeUses(held);
        Age(held.Count);
        Chooser = Array.IndexOf(hits, hits.Max());
        KeyValuePair<TKey, TValue>[] order = [.. held.OrderBy(each => each.Value.IsPreferred).ThenBy(each => Worth(known[each.Key], Chooser)).ThenBy(each => each.Value.LastUsed)];
        foreach ((TKey key, TValue value) in order.Take(1 + (held.Count / RankingsPerRound)))
        {
            victims.Enqueue((key, value.Uses));
        }

        Follow(KnownPerValue * (held.Count + 1));
    }

    private void TakeUses(IReadOnlyList<KeyValuePair<TKey, TValue>> held)
    {
        foreach (Known entry in known.Values)
        {
            entry.IsHeld = false;
        }

        foreach ((TKey key, TValue value) in held)
        {
            if (!known.TryGetValue(key, out Known? entry))
            {
                entry = new Known { SeenUses = value.Uses };
                known.Add(key, entry);
            }

            entry.IsHeld = true;
            long count = Math.Max(value.Uses - entry.SeenUses, 0);
            entry.SeenUses = Math.Max(entry.SeenUses, value.Uses);
            entry.Bytes = value.Bytes;
            entry.LastUsed = value.LastUsed;
            entry.Fresh += count;
            Credit(entry, count);
        }
    }

    /// <summary>Uses count for those who would have had the value.</summary>
    private void Credit(Known entry, long count)
    {
        uses += count;
        for (int expert = 0; expert < hits.Length; expert++)
        {
            hits[expert] += (entry.HeldBy & (1 << expert)) != 0 ? count : 0;
        }
    }

    /// <summary>Lets all that was counted before be worth less by the uses since.</summary>
    private void Age(int count)
    {
        double[] factors = [.. HalfLives.Select(halfLife => halfLife == 0 ? 1 : Math.Pow(2, -uses / (halfLife * count)))];
        double forgotten = Math.Pow(2, -uses / (HorizonPerValue * count));
        for (int expert = 0; expert < hits.Length; expert++)
        {
            hits[expert] *= forgotten;
        }

        foreach (Known entry in known.Values)
        {
            for (int expert = 1; expert < factors.Length; expert++)
            {
                entry.Scores[expert] = (entry.Scores[expert] * factors[expert]) + entry.Fresh;
            }

            entry.Fresh = 0;
        }

        uses = 0;
    }

    /// <summary>Notes what each expert would hold now, and forgets what none would.</summary>
    private void Follow(int remembered)
    {
        KeyValuePair<TKey, Known>[] all = [.. known];
        double[] worth = new double[all.Length];
        Array.ForEach(all, each => each.Value.HeldBy = 0);
        for (int expert = hits.Length - 1; expert >= 0; expert--)
        {
            for (int index = 0; index < all.Length; index++)
            {
                worth[index] = -Worth(all[index].Value, expert);
            }

            Array.Sort(worth, all);
            long bytes = 0;
            for (int index = 0; index < all.Length && index < maxCount && bytes + all[index].Value.Bytes <= maxBytes; index++)
            {
                bytes += all[index].Value.Bytes;
                all[index].Value.HeldBy |= 1 << expert;
            }
        }

        // The last order is that of recency.
        foreach ((TKey key, Known entry) in all.Skip(remembered))
        {
            if (entry is { HeldBy: 0, IsHeld: false })
            {
                known.Remove(key);
            }
        }
    }

    private static double Worth(Known entry, int expert) => expert == 0 ? entry.LastUsed : entry.Scores[expert] / Math.Max(entry.Bytes, 1);

    private sealed class Known
    {
        /// <summary>Per expert; the first is not used.</summary>
        public double[] Scores { get; } = new double[HalfLives.Length];

        /// <summary>A bit for each expert that would hold it.</summary>
        public int HeldBy { get; set; }

        /// <summary>Whether it is held.</summary>
        public bool IsHeld { get; set; }

        /// <summary>Uses since the last ranking.</summary>
        public double Fresh { get; set; }

        /// <summary>Uses of the value that are counted.</summary>
        public long SeenUses { get; set; }

        public long Bytes { get; set; }

        public long LastUsed { get; set; }
    }
}
