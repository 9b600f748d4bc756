using System.Runtime.InteropServices;

namespace Trainyard.Benchmarks.Performance;

/// <summary>What the figures were taken on.</summary>
internal static class Machine
{
    private const double Gibibyte = 1L << 30;

    public static string Describe(IReadOnlyDictionary<string, string> versions)
    {
        double memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibibyte;
        string peers = string.Join(", ", versions.Select(version => $"{version.Key} {version.Value}"));
        return $"{Processor()}, {Environment.ProcessorCount} cores, {memory:F0} GiB; {RuntimeInformation.FrameworkDescription}; {peers}.";
    }

    private static string Processor()
    {
        const string field = "model name";
        const string source = "/proc/cpuinfo";
        string? line = File.Exists(source) ? File.ReadLines(source).FirstOrDefault(each => each.StartsWith(field, StringComparison.Ordinal)) : null;
        return line is null ? $"{RuntimeInformation.OSArchitecture} processor" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
