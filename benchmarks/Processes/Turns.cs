namespace Trainyard.Benchmarks.Processes;

/// <summary>What both sides measured, each in processes of their own, turn by turn, so that a slow minute of the machine meets both.</summary>
internal sealed record Turns<T>(IReadOnlyList<T> Ours, IReadOnlyList<T> Peers)
{
    /// <param name="count">Turns.</param>
    /// <param name="own">What this program is started with.</param>
    /// <param name="script">The peer, of <c>benchmarks/peers</c>.</param>
    /// <param name="arguments">The peer's.</param>
    public static async Task<Turns<T>> RunAsync(int count, string[] own, string script, string[] arguments)
    {
        List<T> ours = [];
        List<T> peers = [];
        for (int turn = 0; turn < count; turn++)
        {
            ours.Add(await PeerProcess.RunSelfAsync<T>(own));
            peers.Add(await PeerProcess.RunScriptAsync<T>(script, arguments));
        }

        return new Turns<T>(ours, peers);
    }

    /// <summary>The medians of one figure.</summary>
    public (double Ours, double Peer) Medians(Func<T, double> value) => (Median.Of(Ours.Select(value)), Median.Of(Peers.Select(value)));
}
