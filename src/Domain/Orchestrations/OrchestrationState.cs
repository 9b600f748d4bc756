namespace Trainyard.Domain.Orchestrations;

/// <summary>Where an orchestration stands.</summary>
public enum OrchestrationState
{
    /// <summary>It was never started.</summary>
    Absent,

    /// <summary>It is waiting or working.</summary>
    UnderWay,

    /// <summary>It is over, by itself or by an operator's hand.</summary>
    Ended,
}
