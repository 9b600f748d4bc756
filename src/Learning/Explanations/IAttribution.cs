namespace Trainyard.Learning.Explanations;

/// <summary>Divides a model's scores among its features exactly. Immutable and thread safe.</summary>
internal interface IAttribution
{
    /// <summary>How it is done, for who reads the result.</summary>
    string Method { get; }

    /// <summary>What the scores are.</summary>
    ContributionScale Scale { get; }

    /// <summary>The score of a row of which nothing is known, one per score.</summary>
    ReadOnlySpan<double> Bases { get; }

    /// <summary>Multiplications that one row takes, roughly.</summary>
    long WorkPerRow { get; }

    /// <summary>Explains rows.</summary>
    /// <param name="rows">Row-major features.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="contributions">Receives, per row and score, one value per feature; it is zero before.</param>
    /// <param name="cancellationToken">Observed at every row, of trees at every row of each.</param>
    void Explain(ReadOnlySpan<double> rows, int rowCount, Span<double> contributions, CancellationToken cancellationToken);
}
