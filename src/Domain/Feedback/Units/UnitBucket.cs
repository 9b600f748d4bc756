namespace Trainyard.Domain.Feedback.Units;

/// <summary>Outcomes of units that lie together.</summary>
/// <param name="Outcomes">Each unit once.</param>
internal sealed record UnitBucket(IReadOnlyList<UnitOutcome> Outcomes)
{
    /// <summary>Buckets of a test: of a million units each holds 250, which is little to write again with each outcome.</summary>
    public const int Count = 4_096;

    public static UnitBucket Empty { get; } = new([]);

    /// <summary>Where a unit lies; by other bits than those that versions are chosen by.</summary>
    public static int Of(ulong unit) => (int)(unit % Count);

    /// <summary>With what a record tells of a unit.</summary>
    public UnitBucket With(ulong unit, FeedbackRecord record)
    {
        UnitOutcome current = Outcomes.FirstOrDefault(outcome => outcome.Unit == unit) ?? new UnitOutcome(unit);
        return new([.. Outcomes.Where(outcome => outcome.Unit != unit), current.With(record)]);
    }
}
