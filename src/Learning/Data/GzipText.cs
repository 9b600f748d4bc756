namespace Trainyard.Learning.Data;

/// <summary>Reads compressed text as what it was before. How much comes out is for the reader to bound, as of any text.</summary>
public static class GzipText
{
    /// <summary>The code of the error for data that is not gzip, or breaks off.</summary>
    public const string InvalidCode = "gzip_invalid";

    static GzipText() => RefuseBrokenOff();

    /// <summary>
    /// Makes the runtime tell data that breaks off from data that ends, without which half a file would be taken for whole.
    /// It counts for the process and must come before its first use of gzip; a host does well to call it when it starts.
    /// </summary>
    public static void RefuseBrokenOff() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", isEnabled: true);

    /// <summary>The text of gzip data; reading it throws a <see cref="LearningException"/> (<c>gzip_invalid</c>) when it is none.</summary>
    /// <param name="compressed">Read forward only; stays open.</param>
    public static Stream Decompress(Stream compressed) => new GzipTextStream(compressed, always: true);

    /// <summary>The text of data that may be gzip: it is when it begins with the bytes 1F 8B (RFC 1952), which no UTF-8 does.</summary>
    /// <param name="content">Read forward only; stays open.</param>
    public static Stream DecompressIfGzip(Stream content) => new GzipTextStream(content, always: false);
}
