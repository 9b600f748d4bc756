using System.IO.Compression;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Streams;

namespace Trainyard.Functions.Http.Datasets;

/// <summary>Reads a gzip body; damage becomes a refusal instead of a fault.</summary>
internal sealed class GzipBody(GZipStream inner) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return inner.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static ProblemException Damaged(InvalidDataException cause) => new(
        new Problem(ProblemKind.Malformed, "gzip_invalid", "The body is not valid gzip although Content-Encoding says so.", "Content-Encoding"),
        cause);
}
