using Trainyard.Domain.Monitoring;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Monitoring;

public sealed class ProcessMetricsTests
{
    [Fact]
    public async Task Write_CpuUsage_IsTheShareOfAllProcessorsSinceTheLastTime()
    {
        ManualTimeProvider clock = new();
        TimeSpan cpu = TimeSpan.FromSeconds(100);
        ProcessMetrics metrics = new(clock, () => cpu, processors: 4);

        clock.Advance(TimeSpan.FromSeconds(10));
        cpu += TimeSpan.FromSeconds(5);
        Assert.Contains("\nml_system_cpu_usage_percent 12.5\n", await WriteAsync(metrics), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromSeconds(1));
        cpu += TimeSpan.FromSeconds(4);
        Assert.Contains("\nml_system_cpu_usage_percent 100\n", await WriteAsync(metrics), StringComparison.Ordinal);

        Assert.Contains("\nml_system_cpu_usage_percent 0\n", await WriteAsync(metrics), StringComparison.Ordinal);
        Assert.Contains("\nprocess_cpu_seconds_total 109\n", await WriteAsync(metrics), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_OfThisProcess_HasMemoryAndTime()
    {
        string text = await WriteAsync(new ProcessMetrics(TimeProvider.System));

        foreach (string name in new[] { "process_cpu_seconds_total", "process_resident_memory_bytes", "process_start_time_seconds" })
        {
            string sample = text.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal));
            Assert.True(double.Parse(sample[name.Length..], System.Globalization.CultureInfo.InvariantCulture) > 0, sample);
        }
    }

    private static async Task<string> WriteAsync(ProcessMetrics metrics)
    {
        PrometheusText text = new();
        await metrics.WriteAsync(text, CancellationToken.None);
        return text.ToString();
    }
}
