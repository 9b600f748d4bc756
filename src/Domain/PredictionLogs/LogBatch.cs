using System.Buffers;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>Lines that are appended in one. Not thread safe.</summary>
internal sealed class LogBatch
{
    // One small batch of a model that is seldom asked; it grows as lines come.
    private const int FirstBytes = 4096;

    private readonly ArrayBufferWriter<byte> lines = new(FirstBytes);

    /// <summary>Lines in it.</summary>
    public int Rows { get; private set; }

    /// <summary>Bytes of them.</summary>
    public int Bytes => lines.WrittenCount;

    /// <summary>Whether it is on its way to storage: from then on it stays as it is, so that a repeat is the same.</summary>
    public bool IsSealed { get; set; }

    /// <summary>The lines, each with its end.</summary>
    public ReadOnlyMemory<byte> Lines => lines.WrittenMemory;

    /// <summary>Empties it, so that its memory serves the next lines.</summary>
    public void Clear()
    {
        lines.ResetWrittenCount();
        (Rows, IsSealed) = (0, false);
    }

    /// <summary>Adds a line.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        lines.Write(line);
        Rows++;
    }
}
