using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>Learns the encoding of one column from its rows, which may come in any number of pieces, or finds that it carries nothing.</summary>
/// <param name="column">The column's name.</param>
/// <param name="needs">What the learner wants.</param>
internal abstract class ColumnFitter(string column, FeatureNeeds needs)
{
    /// <summary>Rows from which on distinct values are no accident.</summary>
    protected const int MinRowsOfIdentifier = 20;

    /// <summary>The column's name.</summary>
    public string Column { get; } = column;

    /// <summary>Rows taken.</summary>
    protected int Rows { get; private set; }

    /// <summary>Of them, rows without a value.</summary>
    protected int Missing { get; private set; }

    /// <summary>Rows with a value.</summary>
    protected int Present => Rows - Missing;

    /// <summary>What the learner wants.</summary>
    protected FeatureNeeds Needs { get; } = needs;

    /// <summary>Whether the values themselves are needed, and not only what is counted of them.</summary>
    protected bool KeepsValues => Needs.Standardize || Needs.ImputeMissing;

    /// <summary>Whether a feature is to tell which values were missing.</summary>
    protected bool Indicates => Needs.ImputeMissing && Missing > 0;

    /// <param name="column">The column's name.</param>
    /// <param name="type">What its values are.</param>
    /// <param name="needs">What the learner wants.</param>
    /// <param name="options">Bounds.</param>
    public static ColumnFitter For(string column, ColumnType type, FeatureNeeds needs, FeaturePlanOptions options) => type switch
    {
        ColumnType.Number => new NumberFitter(column, needs),
        ColumnType.Boolean => new BooleanFitter(column, needs),
        ColumnType.Date => new DateFitter(column, needs),
        _ => new TextFitter(column, needs, options) { IsFreeText = type == ColumnType.Text },
    };

    /// <summary>Takes the next rows, of the type that it is for.</summary>
    public void Take(Column rows)
    {
        Rows += rows.RowCount;
        Missing += rows.MissingCount;
        TakeValues(rows);
    }

    /// <summary>The encoding; or null and the reason why there is none.</summary>
    public (ColumnEncoding? Encoding, DropReason Reason) Fit() => Present == 0 ? (null, DropReason.AllMissing) : FitPresent();

    /// <summary>Takes the values of the next rows, which are counted already.</summary>
    protected abstract void TakeValues(Column rows);

    /// <summary>As <see cref="Fit"/>, when there is a value.</summary>
    protected abstract (ColumnEncoding? Encoding, DropReason Reason) FitPresent();
}
