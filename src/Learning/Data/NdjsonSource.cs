namespace Trainyard.Learning.Data;

/// <summary>Reads flat JSON objects, one a line, from a stream of UTF-8.</summary>
public static class NdjsonSource
{
    /// <summary>Reads to the end of the stream, which stays open.</summary>
    public static Table Read(Stream stream, NdjsonOptions? options = null) => throw new NotSupportedException();

    /// <summary>Reads to the end of the stream, which stays open.</summary>
    public static Task<Table> ReadAsync(Stream stream, NdjsonOptions? options, CancellationToken cancellationToken) => throw new NotSupportedException();
}
