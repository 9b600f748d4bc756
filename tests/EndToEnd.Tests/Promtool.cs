using System.Diagnostics;

namespace Trainyard.EndToEnd.Tests;

/// <summary>Prometheus' own checks.</summary>
internal static class Promtool
{
    /// <summary>Runs it; gives what it said beside its exit code.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(IReadOnlyList<string> arguments, string input = "")
    {
        ProcessStartInfo start = new("promtool", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process promtool = Process.Start(start)!;
        await promtool.StandardInput.WriteAsync(input);
        promtool.StandardInput.Close();
        string said = await promtool.StandardError.ReadToEndAsync() + await promtool.StandardOutput.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        return (promtool.ExitCode, said);
    }
}
