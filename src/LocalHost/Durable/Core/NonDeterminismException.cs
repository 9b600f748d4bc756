namespace Trainyard.LocalHost.Durable.Core;

/// <summary>An orchestrator, replayed, did something else than its history says.</summary>
/// <param name="expected">What the history has.</param>
/// <param name="found">What the code did.</param>
internal sealed class NonDeterminismException(string expected, string found)
    : Exception($"The orchestrator does not repeat its history: expected {expected}, found {found}. " +
        "Orchestrator code must take time, random numbers, identifiers and everything outside from its context, " +
        "and must not change while instances of it run: start new instances with a new version instead.")
{
    /// <summary>What the history has: step, kind and name.</summary>
    public string Expected { get; } = expected;

    /// <summary>What the code did: step, kind and name.</summary>
    public string Found { get; } = found;

    /// <summary>How a step is called in the message.</summary>
    public static string Describe(HistoryEvent? step) => step is null
        ? "no further step"
        : step.Name is null ? $"step {step.TaskId} {step.Kind}" : $"step {step.TaskId} {step.Kind} '{step.Name}'";
}
