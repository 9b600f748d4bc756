namespace Trainyard.Learning.ModelFile;

/// <summary>Reads a file that is not trusted to end.</summary>
internal static class BoundedStream
{
    private const int PieceBytes = 81_920;

    /// <summary>Everything up to the end of the stream, which stays open.</summary>
    /// <exception cref="LearningException"><c>model_file_too_large</c>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, long maximumBytes, CancellationToken cancellationToken)
    {
        using MemoryStream content = new();
        byte[] piece = new byte[PieceBytes];
        for (int count = await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false); count > 0; count = await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false))
        {
            if (content.Length + count > maximumBytes)
            {
                throw new LearningException("model_file_too_large", $"The model file is larger than {maximumBytes} bytes.");
            }

            content.Write(piece, 0, count);
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
