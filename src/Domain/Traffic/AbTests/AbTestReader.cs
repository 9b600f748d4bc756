using Trainyard.Domain.Evidence;
using Trainyard.Domain.Evidence.Comparisons;
using Trainyard.Domain.Feedback;
using Trainyard.Domain.Feedback.Units;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tenancy;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Traffic.Exposures;

namespace Trainyard.Domain.Traffic.AbTests;

/// <summary>Counts what the variants of a test did. Thread safe.</summary>
/// <remarks>
/// A unit belongs to the variant that its bits lead to, by the same plan as its requests did. An outcome counts once its unit's exposure is recorded, and never without.
/// </remarks>
internal sealed class AbTestReader(ModelRegistry registry, TallyBook book, ExposureBook exposures, FeedbackService feedback, TimeProvider time)
{
    // Exposures and outcomes of the same moment are written within seconds of each other.
    private const long SettleSeconds = 10;

    /// <summary>What was seen of each variant so far.</summary>
    public async Task<IReadOnlyList<GroupCounts>> ReadAsync(TenantId tenant, AbTest test, CancellationToken cancellationToken)
    {
        await book.FlushAsync(cancellationToken);
        await exposures.FlushAsync(cancellationToken);
        RegisteredModel model = await registry.GetHeadAsync(tenant, test.ModelName, cancellationToken);
        IReadOnlyList<TrafficSegment> segments = (await registry.GetDeploymentAsync(tenant, model, test.Deployment, cancellationToken)).Traffic.Segments;
        Dictionary<ulong, uint> exposed = await exposures.ReadAsync(new ExposureKey(tenant, test.ModelName, test.Deployment), cancellationToken);
        AbMetric[] measures = [test.Metric, .. test.Guardrails];
        BoundedSum[][] sums = [.. test.Variants.Select(_ => new BoundedSum[measures.Length])];
        long[] units = new long[test.Variants.Count];
        int Group(ulong unit) => GroupOf(test, segments, unit);

        // One moment for all: what has had its time is counted above and below the line alike.
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        foreach ((ulong unit, uint at) in exposed)
        {
            int group = Group(unit);
            units[group]++;
            AddUnconverted(measures, sums[group], at, now);
        }

        await foreach (UnitOutcome outcome in feedback.UnitsAsync(tenant, test.ModelName, test.Deployment, cancellationToken))
        {
            if (exposed.TryGetValue(outcome.Unit, out uint at))
            {
                AddOutcome(measures, sums[Group(outcome.Unit)], outcome, at, now);
            }
        }

        (IReadOnlyDictionary<int, VersionCounts> versions, _) = await book.ReadAsync(tenant, test.ModelName, test.Deployment, cancellationToken);
        return
        [
            .. test.Variants.Select((variant, group) =>
            {
                AddRequests(measures, sums[group], versions.GetValueOrDefault(variant.Sequence, new VersionCounts()));
                return new GroupCounts(variant.Name, variant.Percent / 100, units[group], sums[group][0], sums[group][1..]);
            }),
        ];
    }

    private static int GroupOf(AbTest test, IReadOnlyList<TrafficSegment> segments, ulong unit)
    {
        int point = TrafficPoint.Of(unit);
        int sequence = segments.First(segment => point < segment.Before).Sequence;
        int group = 0;
        while (test.Variants[group].Sequence != sequence)
        {
            group++;
        }

        return group;
    }

    // A unit counts when its time to convert is over: what it counts as never changes after.
    private static bool IsSettled(AbMetric measure, uint at, long now) => now - at >= measure.Window.TotalSeconds + SettleSeconds;

    private static void AddUnconverted(AbMetric[] measures, BoundedSum[] sums, uint at, long now)
    {
        for (int index = 0; index < measures.Length; index++)
        {
            if (measures[index].Kind == AbMetricKind.Conversion && IsSettled(measures[index], at, now))
            {
                sums[index] = sums[index].With(0);
            }
        }
    }

    private static void AddOutcome(AbMetric[] measures, BoundedSum[] sums, UnitOutcome outcome, uint at, long now)
    {
        for (int index = 0; index < measures.Length; index++)
        {
            AbMetric measure = measures[index];
            if (measure.Kind == AbMetricKind.Conversion)
            {
                bool converted = IsSettled(measure, at, now) && outcome.ConvertedAt - at <= measure.Window.TotalSeconds;
                sums[index] = sums[index] with { Sum = sums[index].Sum + (converted ? 1 : 0) };
            }
            else if (Value(measure.Kind, outcome) is { } value)
            {
                sums[index] = sums[index].With(measure.Scale(value));
            }
        }
    }

    private static double? Value(AbMetricKind kind, UnitOutcome outcome) => kind switch
    {
        AbMetricKind.Correct => outcome.Correct is { } correct ? (correct ? 1 : 0) : null,
        AbMetricKind.Value => outcome.Value,
        AbMetricKind.Rating => outcome.Rating,
        AbMetricKind.Error => outcome.Error,
        _ => null,
    };

    private static void AddRequests(AbMetric[] measures, BoundedSum[] sums, VersionCounts seen)
    {
        for (int index = 0; index < measures.Length; index++)
        {
            sums[index] = measures[index].Kind switch
            {
                AbMetricKind.ErrorShare => new BoundedSum(seen.Failures, seen.Calls),
                AbMetricKind.SlowShare => new BoundedSum(seen.SlowerThan(measures[index].SlowSeconds), seen.Calls),
                _ => sums[index],
            };
        }
    }
}
