using System.Diagnostics;

namespace Trainyard.Benchmarks.Durable;

/// <summary>What a durable write costs on this disk: 4 KiB appended and flushed, over and over. Every commit costs at least one.</summary>
internal static class DiskFlush
{
    private const int BlockBytes = 4096;
    private const int Writes = 200;

    /// <summary>Milliseconds per write and flush.</summary>
    public static double Measure(string folder)
    {
        using FileStream file = new(Path.Combine(folder, "flush.bin"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] block = new byte[BlockBytes];
        Stopwatch watch = Stopwatch.StartNew();
        for (int write = 0; write < Writes; write++)
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
        }

        return watch.Elapsed.TotalMilliseconds / Writes;
    }
}
