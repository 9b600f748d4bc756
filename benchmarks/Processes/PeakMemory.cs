using System.Diagnostics;

namespace Trainyard.Benchmarks.Processes;

/// <summary>The most memory that this process had resident so far.</summary>
internal static class PeakMemory
{
    public static double Mebibytes()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1024.0 / 1024.0;
    }
}
