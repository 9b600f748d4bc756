using System.Diagnostics;
using System.Globalization;

namespace Trainyard.Benchmarks.Http;

/// <summary>A server in a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Processor time that it has taken so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a benchmark's own server, whose first line is its address.</summary>
    public static async Task<ServerProcess> StartBenchmarkAsync(params string[] arguments)
    {
        Process started = Start(typeof(ServerProcess).Assembly.Location, arguments);
        string? address = await started.StandardOutput.ReadLineAsync();
        return new ServerProcess(started, new Uri(address ?? throw new InvalidOperationException($"The server '{string.Join(' ', arguments)}' did not start.")));
    }

    /// <summary>Starts an assembly; its standard output is to be read.</summary>
    public static Process Start(string assembly, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [assembly, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) != "dotnet")
        {
            start.FileName = "dotnet";
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{assembly} did not start.");
    }

    /// <summary>Asks a process to end, and waits until it has.</summary>
    public static async Task StopAsync(Process process)
    {
        if (!process.HasExited)
        {
            using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAsync(process);
}
