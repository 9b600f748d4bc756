using Trainyard.Domain.Serving;
using Trainyard.Domain.Evidence;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Traffic.Counting;

/// <summary>Counts what a host sees of one version under one deployment. Thread safe.</summary>
/// <param name="id">Its own, so that what it writes is nobody else's.</param>
internal sealed class Tally(string id)
{
    // Five minutes at one look every two seconds.
    private const int IdleLooks = 150;

    private readonly Lock gate = new();
    private readonly long[] latencies = new long[VersionCounts.LatencyBounds.Count + 1];
    private OutputCounts outputs = new();
    private ShadowCounts shadow = new();
    private long calls;
    private long failures;
    private double seconds;
    private long changes;
    private long written;
    private int cleanLooks;

    public string Id => id;

    /// <summary>How often something was counted.</summary>
    public long Changes => Interlocked.Read(ref changes);

    /// <summary>Whether something was counted that nobody wrote down.</summary>
    public bool IsDirty => Changes != Interlocked.Read(ref written);

    /// <summary>Counts a request that a version answered or failed.</summary>
    public void Add(in ObservedCall call)
    {
        lock (gate)
        {
            changes++;
            calls++;
            seconds += call.Took.TotalSeconds;
            latencies[CellOf(call.Took.TotalSeconds)]++;
            if (call.HasFailed)
            {
                failures++;
                return;
            }

            Count(outputs, call.Outputs);
        }
    }

    /// <summary>Counts a request that a shadow did not see.</summary>
    public void AddDropped()
    {
        lock (gate)
        {
            changes++;
            shadow = shadow with { Dropped = shadow.Dropped + 1 };
        }
    }

    /// <summary>Counts a request that a shadow could not answer.</summary>
    public void AddFailed()
    {
        lock (gate)
        {
            changes++;
            shadow = shadow with { Calls = shadow.Calls + 1, Failures = shadow.Failures + 1 };
        }
    }

    /// <summary>Counts a request that a shadow answered beside what was sent.</summary>
    public void AddCompared(CallOutputs sent, CallOutputs own)
    {
        Comparison comparison = Comparison.Of(sent, own);
        lock (gate)
        {
            changes++;
            Count(shadow.Sent, sent);
            Count(shadow.Own, own);
            shadow = shadow with
            {
                Calls = shadow.Calls + 1,
                Rows = shadow.Rows + comparison.Rows,
                Agreed = shadow.Agreed + comparison.Agreed,
                Difference = shadow.Difference + comparison.Difference,
                AbsoluteDifference = shadow.AbsoluteDifference + comparison.AbsoluteDifference,
            };
        }
    }

    /// <summary>What was counted so far, and how often.</summary>
    public (TallyRecord Record, long Changes) Read(TallyKey key)
    {
        lock (gate)
        {
            VersionCounts own = new() { Calls = calls, Failures = failures, Seconds = seconds, Latencies = [.. latencies], Outputs = outputs };
            TallyRecord record = new(key.Sequence, key.IsShadow ? null : new VersionCounts().Plus(own), key.IsShadow ? new ShadowCounts().Plus(shadow) : null);
            return (record, changes);
        }
    }

    /// <summary>Asked whenever the tally is found clean: true when that was so for long, so that nobody needs it in memory.</summary>
    public bool IsIdle() => ++cleanLooks >= IdleLooks;

    /// <summary>Notes what was written down.</summary>
    public void Written(long upTo)
    {
        cleanLooks = 0;
        Interlocked.Exchange(ref written, upTo);
    }

    private static int CellOf(double seconds)
    {
        int cell = 0;
        while (cell < VersionCounts.LatencyBounds.Count && seconds > VersionCounts.LatencyBounds[cell])
        {
            cell++;
        }

        return cell;
    }

    private static void Count(OutputCounts counts, CallOutputs outputs)
    {
        for (int row = 0; row < outputs.Rows; row++)
        {
            ReadOnlySpan<double> values = outputs.Row(row);
            if (outputs.Classes.Count > 0)
            {
                counts.Add(outputs.Classes[Evaluator.MostProbable(values)]);
            }
            else
            {
                counts.Add(values[0]);
            }
        }
    }
}
