namespace Trainyard.LocalHost.Invocation;

/// <summary>What starts a function.</summary>
internal enum TriggerKind
{
    /// <summary>An HTTP request.</summary>
    Http,

    /// <summary>A schedule.</summary>
    Timer,

    /// <summary>A queue message.</summary>
    Queue,

    /// <summary>A durable orchestration instance.</summary>
    Orchestration,

    /// <summary>A task of a durable orchestration.</summary>
    Activity,
}
