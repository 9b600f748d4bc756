using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
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
            times[index] = await MeasureOnceAsync();
        }

        return times;
    }

    private static async Task<double> MeasureOnceAsync()
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
        int port = FreePort();
        using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        long begin = Stopwatch.GetTimestamp();
        Process process = ServerProcess.Start(
            typeof(LocalHostApplication).Assembly.Location, "--port", port.ToString(CultureInfo.InvariantCulture), "--data", folder);
        try
        {
            await WaitForAnswerAsync(client, process);
            return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }
        finally
        {
            await ServerProcess.StopAsync(process);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WaitForAnswerAsync(HttpClient client, Process process)
    {
        using CancellationTokenSource tooLong = new(Patience);
        while (!process.HasExited)
        {
            try
            {
                using HttpResponseMessage response = await client.GetAsync("/health", tooLong.Token);
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
