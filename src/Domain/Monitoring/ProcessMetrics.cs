using System.Diagnostics;

namespace Trainyard.Domain.Monitoring;

/// <summary>What the process takes of its machine, under the names that Prometheus' own client libraries use. Thread safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="cpuTime">Processor time of the process so far; null for this process's own.</param>
/// <param name="processors">Processors that it may use; null for this machine's.</param>
public sealed class ProcessMetrics(TimeProvider time, Func<TimeSpan>? cpuTime = null, int? processors = null) : IMetricSource
{
    private readonly Func<TimeSpan> cpuTime = cpuTime ?? (static () => Environment.CpuUsage.TotalTime);
    private readonly int processors = processors ?? Environment.ProcessorCount;
    private readonly Lock gate = new();
    private long lastAt = time.GetTimestamp();
    private TimeSpan lastCpu = (cpuTime ?? (static () => Environment.CpuUsage.TotalTime))();

    /// <inheritdoc />
    public Task WriteAsync(PrometheusText text, CancellationToken cancellationToken)
    {
        TimeSpan cpu = cpuTime();
        using Process self = Process.GetCurrentProcess();
        text.Header("process_cpu_seconds_total", "counter", "Processor time of the process.");
        text.Sample("process_cpu_seconds_total", cpu.TotalSeconds);
        text.Header("process_resident_memory_bytes", "gauge", "Memory of the process that is in RAM.");
        text.Sample("process_resident_memory_bytes", self.WorkingSet64);
        text.Header("process_start_time_seconds", "gauge", "When the process began, since 1970 in UTC.");
        text.Sample("process_start_time_seconds", (self.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
        text.Header("ml_system_cpu_usage_percent", "gauge", "Share of the machine's processors that the process used since it was asked last.");
        text.Sample("ml_system_cpu_usage_percent", UsedSinceLast(cpu));
        return Task.CompletedTask;
    }

    private double UsedSinceLast(TimeSpan cpu)
    {
        lock (gate)
        {
            double elapsed = time.GetElapsedTime(lastAt).TotalSeconds * processors;
            double used = (cpu - lastCpu).TotalSeconds;
            (lastAt, lastCpu) = (time.GetTimestamp(), cpu);
            return elapsed > 0 ? Math.Clamp(100 * used / elapsed, 0, 100) : 0;
        }
    }
}
