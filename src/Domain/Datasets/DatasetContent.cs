namespace Trainyard.Domain.Datasets;

/// <summary>What an address leads to, opened.</summary>
/// <param name="Stream">The content from its beginning; text, or from outside perhaps gzip of it. Disposed with this.</param>
/// <param name="Format">How the text is written.</param>
/// <param name="Version">The dataset's version; null for content from outside.</param>
public sealed record DatasetContent(Stream Stream, DatasetFormat Format, DatasetVersion? Version) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
