using System.Diagnostics;

namespace Trainyard.Benchmarks.Predict;

/// <summary>FastAPI and scikit-learn serving the same kind of model (benchmarks/peers/fastapi_sklearn.py).</summary>
internal sealed class Peer : IAsyncDisposable
{
    private const int Port = 8099;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private Peer(Process process) => this.process = process;

    public static Uri Target { get; } = new($"http://127.0.0.1:{Port}/predict");

    /// <summary>Starts the peer; its packages are Debian's (the script names them).</summary>
    public static async Task<Peer> StartAsync(string script, string csvPath, string target, string learner)
    {
        ProcessStartInfo start = new("/usr/bin/python3", [script, csvPath, target, $"{Port}", learner]) { UseShellExecute = false };
        Peer peer = new(Process.Start(start) ?? throw new InvalidOperationException("python3 did not start."));
        using HttpClient client = new();
        using CancellationTokenSource bound = new(StartLimit);
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri(Target, "/health"), bound.Token);
                return peer;
            }
            catch (HttpRequestException) when (!peer.process.HasExited)
            {
                await Task.Delay(100, bound.Token);
            }
            catch (HttpRequestException unanswered)
            {
                throw new InvalidOperationException(
                    "The peer ended before it answered; install what it needs with: apt-get install python3-fastapi python3-uvicorn python3-sklearn", unanswered);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
