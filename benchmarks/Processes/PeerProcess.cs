using System.Diagnostics;
using System.Text.Json;

namespace Trainyard.Benchmarks.Processes;

/// <summary>Runs a program that prints its measurements as one last line of JSON.</summary>
internal static class PeerProcess
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Runs this program once more, with other arguments.</summary>
    public static Task<T> RunSelfAsync<T>(params string[] arguments) => RunAsync<T>(Environment.ProcessPath!, arguments);

    /// <summary>Runs one of the scripts of <c>benchmarks/peers</c>, which say what they need; from the root of the repository.</summary>
    /// <exception cref="InvalidOperationException">It does not start, or does not end well.</exception>
    public static Task<T> RunScriptAsync<T>(string script, params string[] arguments)
    {
        string path = Path.Combine("benchmarks", "peers", script);
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"{path} is not there; run this from the root of the repository.");
        }

        return File.Exists(Python)
            ? RunAsync<T>(Python, [path, .. arguments])
            : throw new InvalidOperationException($"{Python} is not there; install it and what {path} names: apt-get install python3-xgboost python3-sklearn python3-pandas");
    }

    private static async Task<T> RunAsync<T>(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<T>(output.Trim().Split('\n')[^1])!
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
