namespace Trainyard.Learning.Data;

/// <summary>Reads CSV (RFC 4180 and its common relatives) from a stream of UTF-8.</summary>
public static class CsvSource
{
    /// <summary>Reads to the end of the stream, which stays open.</summary>
    public static Table Read(Stream stream, CsvOptions? options = null) => throw new NotSupportedException();

    /// <summary>Reads to the end of the stream, which stays open.</summary>
    public static Task<Table> ReadAsync(Stream stream, CsvOptions? options, CancellationToken cancellationToken) => throw new NotSupportedException();
}
