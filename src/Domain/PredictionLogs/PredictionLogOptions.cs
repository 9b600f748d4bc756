namespace Trainyard.Domain.PredictionLogs;

/// <summary>Bounds of the prediction log.</summary>
public sealed record PredictionLogOptions
{
    /// <summary>How long rows are kept by default.</summary>
    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(30);

    /// <summary>How long rows are kept.</summary>
    public TimeSpan Retention { get; init; } = DefaultRetention;

    /// <summary>Requests that may wait to be written out; a second's at some thousand a second.</summary>
    public int MaxWaiting { get; init; } = 16_384;

    /// <summary>Bytes of them: 32 MiB.</summary>
    public long MaxWaitingBytes { get; init; } = 32L << 20;

    /// <summary>Bytes of lines that may wait for storage: 64 MiB, about two minutes of a thousand rows a second.</summary>
    public long MaxBufferedBytes { get; init; } = 64L << 20;

    /// <summary>Bytes after which a batch of lines is written without waiting for its time: 1 MiB, a quarter of what one append takes in Azure.</summary>
    public int BatchBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of a line at most: 1 MiB.</summary>
    public int MaxLineBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of a segment after which another begins: 8 MiB, what a look for one prediction may have to read.</summary>
    public long SegmentBytes { get; init; } = 8L << 20;

    /// <summary>Appends to a segment after which another begins: every append in Azure reads the list of those before, and 50,000 are the service's bound.</summary>
    public int SegmentAppends { get; init; } = 500;

    /// <summary>Segments that are appended to at the same time.</summary>
    public int MaxParallelAppends { get; init; } = 4;

    /// <summary>Bytes of segments that one call of readers looks through before it answers with what it has: 32 MiB.</summary>
    public long MaxScanBytes { get; init; } = 32L << 20;

    /// <summary>Lists of blobs that one call of readers asks for before it answers with what it has.</summary>
    public int MaxLists { get; init; } = 100;
}
