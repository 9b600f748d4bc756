using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>Reads the rows of a request into cells that its maker handed over, one after the other.</summary>
internal interface IRowReader
{
    /// <summary>How the request wants to be answered.</summary>
    PredictOptions Options { get; }

    /// <summary>Columns that were passed over; null unless they may be.</summary>
    IgnoredColumns? Ignored { get; }

    /// <summary>Rows read so far; the 1-based number of the row just read.</summary>
    int RowNumber { get; }

    /// <summary>Reads the next row; false at the end of a complete request.</summary>
    /// <param name="refused">Why this row cannot be predicted, where rows are answered one by one; else null, and such a row throws.</param>
    /// <exception cref="ProblemException">The request cannot be answered.</exception>
    bool TryRead(out Problem? refused);
}
