using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Trainyard.Benchmarks.Http;

/// <summary>Drives a server with wrk.</summary>
internal static partial class Load
{
    private const string Seconds = "3";
    private const string Connections = "32";

    [GeneratedRegex(@"(?<requests>\d+) requests in", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Requests { get; }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Rate { get; }

    public static async Task<LoadResult> RunAsync(ServerProcess server)
    {
        using HttpClient client = new() { BaseAddress = server.Address };
        long before = await AllocatedAsync(client);
        string output = await RunWrkAsync(new Uri(server.Address, NoOpServer.NoOpPath));
        long after = await AllocatedAsync(client);
        double requests = double.Parse(Requests.Match(output).Groups["requests"].Value, CultureInfo.InvariantCulture);
        return new LoadResult(RateOf(output), (after - before) / requests);
    }

    /// <summary>Posts one JSON body over and over; the answers per second.</summary>
    public static async Task<double> PostAsync(Uri target, byte[] body) => (await PostAsync(target, body, apiKey: null)).Rate;

    /// <summary>Posts one JSON body over and over, under a key if there is one; the answers per second, and how many there were.</summary>
    public static async Task<(double Rate, long Count)> PostAsync(Uri target, byte[] body, string? apiKey)
    {
        string script = Path.GetTempFileName();
        string key = apiKey is null ? "" : $"wrk.headers['x-api-key'] = '{apiKey}'\n";
        await File.WriteAllTextAsync(script, $"{key}wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [[{Encoding.UTF8.GetString(body)}]]\n");
        try
        {
            string output = await RunWrkAsync(target, "-s", script);
            return (RateOf(output), long.Parse(Requests.Match(output).Groups["requests"].Value, CultureInfo.InvariantCulture));
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static double RateOf(string output) => output.Contains("Non-2xx", StringComparison.Ordinal)
        ? throw new InvalidOperationException($"Not every answer was a success:\n{output}")
        : double.Parse(Rate.Match(output).Groups["rate"].Value, CultureInfo.InvariantCulture);

    private static async Task<long> AllocatedAsync(HttpClient client) =>
        long.Parse(await client.GetStringAsync(NoOpServer.AllocatedPath), CultureInfo.InvariantCulture);

    private static async Task<string> RunWrkAsync(Uri target, params string[] options)
    {
        ProcessStartInfo start = new("wrk", ["-t1", "-c", Connections, "-d", Seconds, .. options, target.ToString()]) { UseShellExecute = false, RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start; install it with: apt-get install wrk");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
