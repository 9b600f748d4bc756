namespace Trainyard.Benchmarks.Cancel;

/// <summary>Something long that can be cancelled.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Run">Does it; its memory must be free once it ended.</param>
internal sealed record CancelWork(string Name, Func<CancellationToken, Task> Run)
{
    public static CancelWork Of(string name, Action<CancellationToken> run) => new(name, token =>
    {
        run(token);
        return Task.CompletedTask;
    });
}
