namespace Trainyard.LocalHost.Durable.Core;

/// <summary>What happened. The numbers are stored: never change or reuse one.</summary>
internal enum HistoryEventKind
{
    /// <summary>The orchestrator got a turn; <c>At</c> is its clock.</summary>
    TurnStarted = 1,

    /// <summary>The execution began; <c>Data</c> is its input.</summary>
    ExecutionStarted = 2,

    /// <summary>An activity was called; <c>Data</c> is its input.</summary>
    ActivityScheduled = 3,

    /// <summary>An activity returned; <c>Data</c> is its result.</summary>
    ActivityCompleted = 4,

    /// <summary>An activity failed; <c>Data</c> is the failure.</summary>
    ActivityFailed = 5,

    /// <summary>A timer was set; <c>At</c> is when it fires.</summary>
    TimerCreated = 6,

    /// <summary>A timer fired.</summary>
    TimerFired = 7,

    /// <summary>A sub-orchestration was called; <c>Detail</c> is its instance id, <c>Data</c> its input.</summary>
    SubOrchestrationScheduled = 8,

    /// <summary>A sub-orchestration completed; <c>Data</c> is its output.</summary>
    SubOrchestrationCompleted = 9,

    /// <summary>A sub-orchestration failed or was terminated; <c>Data</c> is the failure.</summary>
    SubOrchestrationFailed = 10,

    /// <summary>An event was sent to the instance in <c>Detail</c>; <c>Data</c> is its payload.</summary>
    EventSent = 11,

    /// <summary>An event arrived; <c>Data</c> is its payload.</summary>
    EventRaised = 12,

    /// <summary>The instance was suspended; <c>Data</c> is the reason.</summary>
    Suspended = 13,

    /// <summary>The instance was resumed; <c>Data</c> is the reason.</summary>
    Resumed = 14,

    /// <summary>Somebody terminated the instance; <c>Data</c> is the output it is given.</summary>
    Terminated = 15,

    /// <summary>The execution ended; <c>Detail</c> is the status, <c>Data</c> the output or the failure.</summary>
    ExecutionCompleted = 16,
}
