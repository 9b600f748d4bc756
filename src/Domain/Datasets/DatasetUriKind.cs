namespace Trainyard.Domain.Datasets;

/// <summary>The kinds of place that a dataset can be read from.</summary>
public enum DatasetUriKind
{
    /// <summary>A scheme that nothing here reads, such as <c>gs</c>.</summary>
    Unknown,

    /// <summary><c>dataset://name</c> or <c>dataset://name/version</c>.</summary>
    Dataset,

    /// <summary><c>blob://container/path</c>.</summary>
    Blob,

    /// <summary><c>file:///path</c>, below a data root.</summary>
    File,

    /// <summary><c>https://…</c>.</summary>
    Https,
}
