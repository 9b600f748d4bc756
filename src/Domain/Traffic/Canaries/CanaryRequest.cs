using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Domain.Traffic.Canaries;

/// <summary>How a canary shall go.</summary>
public sealed record CanaryRequest
{
    /// <summary>Steps at most.</summary>
    public const int MaxSteps = 20;

    /// <summary>The shares of a canary that names none, in percent.</summary>
    public static readonly IReadOnlyList<double> DefaultSteps = [1, 5, 10, 25, 50, 100];

    /// <summary>How long each step lasts at least when nothing is said.</summary>
    public static readonly TimeSpan DefaultStepTime = TimeSpan.FromMinutes(10);

    /// <summary>The shortest step: less shows nothing that a host's counts could tell.</summary>
    public static readonly TimeSpan MinStepTime = TimeSpan.FromSeconds(1);

    /// <summary>The longest step.</summary>
    public static readonly TimeSpan MaxStepTime = TimeSpan.FromDays(7);

    /// <summary>The new version's share at each step, in percent: rising, the last one 100.</summary>
    public IReadOnlyList<double> Steps { get; init; } = DefaultSteps;

    /// <summary>How long each step lasts at least.</summary>
    public TimeSpan StepTime { get; init; } = DefaultStepTime;

    /// <summary>What the new version may do worse.</summary>
    public CanaryLimits Limits { get; init; } = new();

    /// <summary>Refuses what makes no canary.</summary>
    /// <exception cref="ProblemException"><c>canary_steps_invalid</c>, <c>canary_setting_out_of_range</c>, <c>traffic_percent_invalid</c>.</exception>
    internal void Require()
    {
        int[] points = [.. Steps.Take(MaxSteps + 1).Select(percent => new WantedShare("canary", percent).Points("steps"))];
        if (points.Length is 0 or > MaxSteps || points[0] == 0 || points[^1] != TrafficPlan.AllPoints || points.Zip(points.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw CanaryProblems.StepsInvalid();
        }

        CanaryProblems.RequireRange(StepTime.TotalSeconds, MinStepTime.TotalSeconds, MaxStepTime.TotalSeconds, "step_seconds");
        CanaryProblems.RequireRange(Limits.MinCalls, 1, int.MaxValue, "min_calls");
        CanaryProblems.RequireRange(Limits.MaxErrorIncrease, 0, 1, "max_error_increase");
        CanaryProblems.RequireRange(Limits.MaxSlowIncrease, 0, 1, "max_slow_increase");
        CanaryProblems.RequireRange(Limits.MaxOutputShift, 0, 1, "max_output_shift");
        CanaryProblems.RequireRange(Limits.MaxCorrectDecrease, 0, 1, "max_correct_decrease");
        CanaryProblems.RequireRange(Limits.MaxOutcomeErrorIncrease, 0, 1, "max_outcome_error_increase");
        CanaryProblems.RequireRange(Limits.OutcomeErrorBound ?? 1, double.Epsilon, double.MaxValue, "outcome_error_bound");
        CanaryProblems.RequireRange(Limits.Alpha, 1e-6, 0.5, "alpha");
    }
}
