namespace Trainyard.EndToEnd.Tests;

public class DemoTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Demo_WithExit_TrainsDeploysPredictsAndLeaves()
    {
        using TemporaryFolder data = new();
        (int exitCode, string output) = await HostProcess.RunAsync(["demo", "--exit", "--port", "0", "--data", data.Path], Limit);

        Assert.True(exitCode == 0, output);
        Assert.Contains("roc_auc", output, StringComparison.Ordinal);
        Assert.Contains("Deployed as breast-cancer v1", output, StringComparison.Ordinal);
        Assert.Contains("Predictions by breast-cancer v1", output, StringComparison.Ordinal);
        int right = output.Split("right").Length - 1;
        Assert.True(right >= 7, $"Only {right} of 8 rows kept back are predicted right:\n{output}");
        Assert.Contains("curl -s", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Demo_OnAPortInUse_FailsWithTheRemedy()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();
        await using HostProcess host = await HostProcess.StartAsync(first.Path);

        (int exitCode, string output) = await HostProcess.RunAsync(["demo", "--exit", "--port", $"{host.Address.Port}", "--data", second.Path], Limit);

        Assert.Equal(1, exitCode);
        Assert.Contains("--port", output, StringComparison.Ordinal);
    }
}
