namespace Trainyard.Learning.Data;

/// <summary>A stretch of a CSV file that begins and ends where a record does, or goes no further than a record that is too long.</summary>
/// <param name="Buffer">The bytes are in here; there are at least <see cref="CsvScanner.Slack"/> bytes behind the last of them.</param>
/// <param name="Start">Index of the first byte.</param>
/// <param name="End">Index behind the last byte.</param>
internal readonly record struct CsvChunk(byte[] Buffer, int Start, int End)
{
    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(Start, End - Start);
}
