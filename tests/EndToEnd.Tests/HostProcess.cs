using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Trainyard.EndToEnd.Tests;

/// <summary>LocalHost as a process of its own, on a free port.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private readonly Process process;
    private readonly StringBuilder output;

    private HostProcess(Process process, StringBuilder output, Uri address) =>
        (this.process, this.output, Address) = (process, output, address);

    public Uri Address { get; }

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Starts the host and returns when it has printed where it listens.</summary>
    public static async Task<HostProcess> StartAsync(string dataFolder, params string[] arguments)
    {
        Process launched = Launch(["--port", "0", "--data", dataFolder, .. arguments]);
        StringBuilder said = new();
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        launched.OutputDataReceived += (_, line) => Read(line.Data);
        launched.ErrorDataReceived += (_, line) => Read(line.Data);
        launched.EnableRaisingEvents = true;
        launched.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"The host ended with {launched.ExitCode}."));
        launched.BeginOutputReadLine();
        launched.BeginErrorReadLine();
        try
        {
            return new HostProcess(launched, said, await address.Task.WaitAsync(StartLimit));
        }
        catch (Exception failure)
        {
            launched.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"The host did not start. It said:\n{said}", failure);
        }

        void Read(string? line)
        {
            lock (said)
            {
                said.AppendLine(line);
            }

            if (line is not null && LoopbackAddress().Match(line) is { Success: true } match)
            {
                address.TrySetResult(new Uri(match.Value));
            }
        }
    }

    /// <summary>Runs the host with arguments of its own until it ends by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, TimeSpan limit)
    {
        using Process launched = Launch(arguments);
        using CancellationTokenSource bound = new(limit);
        Task<string> said = launched.StandardOutput.ReadToEndAsync(bound.Token);
        Task<string> errors = launched.StandardError.ReadToEndAsync(bound.Token);
        try
        {
            await launched.WaitForExitAsync(bound.Token);
        }
        finally
        {
            launched.Kill(entireProcessTree: true);
        }

        return (launched.ExitCode, await said + await errors);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: asks the host to stop; see <see cref="WaitForExitAsync"/>.</summary>
    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Returns the exit code once the host has ended by itself.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        await process.WaitForExitAsync(new CancellationTokenSource(limit).Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static Process Launch(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Trainyard.LocalHost.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*", RegexOptions.None, 1000)]
    private static partial Regex LoopbackAddress();
}
