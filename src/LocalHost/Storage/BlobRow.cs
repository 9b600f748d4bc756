using System.Globalization;
using Trainyard.Domain.Ports;

namespace Trainyard.LocalHost.Storage;

/// <summary>What the index knows of a blob.</summary>
/// <param name="Path">Its path.</param>
/// <param name="File">The name of the file that holds its bytes.</param>
/// <param name="Length">How many bytes of the file are the blob; a torn append may have left more.</param>
/// <param name="Version">The number of the write, counted over the whole index.</param>
/// <param name="ModifiedAt">When it was last written.</param>
internal sealed record BlobRow(string Path, string File, long Length, long Version, DateTimeOffset ModifiedAt)
{
    internal BlobStat ToStat() => new(Path, Length, Version.ToString("x", CultureInfo.InvariantCulture), ModifiedAt);
}
