using Microsoft.DurableTask;

namespace Trainyard.LocalHost.Durable;

/// <summary>The orchestrators and activities that an engine can run, by name; case does not count.</summary>
/// <remarks>Fill it before the engine starts: reading is thread safe, adding is not.</remarks>
internal sealed class DurableCatalog
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<ActivityCall, CancellationToken, Task<object?>>> activities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds an orchestrator.</summary>
    /// <param name="name">The name it is started by.</param>
    /// <param name="invoke">Runs it. It awaits nothing but what the context gives, so that it can be replayed.</param>
    /// <exception cref="ArgumentException">There is an orchestrator of that name.</exception>
    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> invoke) => Add(orchestrators, name, invoke);

    /// <summary>Adds an activity.</summary>
    /// <param name="name">The name it is called by.</param>
    /// <param name="invoke">Runs it; the token is cancelled when the engine cannot wait any longer for it to end.</param>
    /// <exception cref="ArgumentException">There is an activity of that name.</exception>
    public void AddActivity(string name, Func<ActivityCall, CancellationToken, Task<object?>> invoke) => Add(activities, name, invoke);

    /// <summary>The orchestrator of that name, or null.</summary>
    public Func<TaskOrchestrationContext, Task<object?>>? FindOrchestrator(string name) => orchestrators.GetValueOrDefault(name);

    /// <summary>The activity of that name, or null.</summary>
    public Func<ActivityCall, CancellationToken, Task<object?>>? FindActivity(string name) => activities.GetValueOrDefault(name);

    private static void Add<T>(Dictionary<string, T> target, string name, T invoke)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!target.TryAdd(name, invoke))
        {
            throw new ArgumentException($"There are two durable functions named '{name}'; names differ in more than case.", nameof(name));
        }
    }
}
