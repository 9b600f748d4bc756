namespace Trainyard.Domain.Traffic.Plans;

/// <summary>What changes a model's traffic by itself, decision by decision, until it is over: a canary, or an A/B test.</summary>
internal interface ITrafficPlan
{
    /// <summary>When it was made.</summary>
    DateTimeOffset CreatedAt { get; }

    /// <summary>When something was decided last; null for never.</summary>
    DateTimeOffset? DecidedAt { get; }

    /// <summary>Whether nothing of it will happen any more.</summary>
    bool IsOver { get; }
}
