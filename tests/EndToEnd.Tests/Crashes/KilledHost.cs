namespace Trainyard.EndToEnd.Tests.Crashes;

/// <summary>A host on one data folder that is killed with SIGKILL at random moments and started again each time.</summary>
internal sealed class KilledHost : IAsyncDisposable
{
    /// <summary>
    /// Kills that nothing which runs may outlive more of: as often as the engine begins an activity again that processes died
    /// around. At one more it takes whichever happens to run at each of them for the killer, and fails it.
    /// </summary>
    public const int Forgiven = 5;

    // Between a start that answers and the kill: short enough to hit the middle of steps, long enough for some to end.
    private const int MinimumLifeMilliseconds = 100;
    private const int MaximumLifeMilliseconds = 2500;

    private readonly TemporaryFolder data;
    private readonly Random random;
    private volatile HostProcess host;

    private KilledHost(HostProcess host, TemporaryFolder data, int seed) => (this.host, this.data, random) = (host, data, new Random(seed));

    /// <summary>Where the host answers now; another port after each start.</summary>
    public Uri Address => host.Address;

    /// <summary>What the host that runs now has printed.</summary>
    public string Output => host.Output;

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    public static async Task<KilledHost> StartAsync(int seed)
    {
        TemporaryFolder folder = new();
        return new KilledHost(await HostProcess.StartAsync(folder.Path), folder, seed);
    }

    /// <summary>Kills and restarts the host <see cref="Forgiven"/> times; it lives on after the last start.</summary>
    public async Task KillRepeatedlyAsync(CancellationToken cancellationToken)
    {
        for (int kill = 0; kill < Forgiven; kill++)
        {
            // This delay waits for nothing: it is the random moment.
            await Task.Delay(random.Next(MinimumLifeMilliseconds, MaximumLifeMilliseconds), cancellationToken);
            await host.DisposeAsync();
            Kills++;
            host = await HostProcess.StartAsync(data.Path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        data.Dispose();
    }
}
