using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Benchmarks.Http;

/// <summary>How long the whole process takes from its start to its first answer of 200.</summary>
internal static class HostStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The times in milliseconds; each start has an empty data folder.</summary>
    public static async Task<double[]> MeasureAsync(int count)
    {
        double[] times = new double[count];
        for (int index = 0; index < count; index++)
        {
            string folder = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
            times[index] = await MeasureAsync(folder, "/health");
            Directory.Delete(folder, recursive: true);
        }

        return times;
    }

    /// <summary>The time in milliseconds from the start on a data folder to an answer of 200.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="path">What is asked.</param>
    /// <param name="body">JSON to post; null to get.</param>
    /// <param name="environment">What the process is told beside.</param>
    public static async Task<double> MeasureAsync(string folder, string path, string? body = null, params (string Name, string Value)[] environment)
    {
        int port = FreePort();
        using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        long begin = Stopwatch.GetTimestamp();
        Process process = ServerProcess.Start(
            typeof(LocalHostApplication).Assembly.Location, ["--port", port.ToString(CultureInfo.InvariantCulture), "--data", folder], environment);
        try
        {
            await WaitForAnswerAsync(client, process, path, body);
            return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }
        finally
        {
            await ServerProcess.StopAsync(process);
        }
    }

    private static async Task WaitForAnswerAsync(HttpClient client, Process process, string path, string? body)
    {
        using CancellationTokenSource tooLong = new(Patience);
        while (!process.HasExited)
        {
            try
            {
                using StringContent? content = body is null ? null : new(body, Encoding.UTF8, "application/json");
                using HttpRequestMessage request = new(body is null ? HttpMethod.Get : HttpMethod.Post, path) { Content = content };
                using HttpResponseMessage response = await client.SendAsync(request, tooLong.Token);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException exception) when (exception.InnerException is SocketException)
            {
                await Task.Delay(1, tooLong.Token);
            }
        }

        throw new InvalidOperationException("The host ended before it answered.");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
