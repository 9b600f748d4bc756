namespace Trainyard.Learning.Data;

/// <summary>Says that a column of text would be of a stricter type but for a few values: likely slips, or a marker for missing ones.</summary>
/// <param name="Type">What the column would be without them.</param>
/// <param name="Fitting">Rows whose value is of that type.</param>
/// <param name="Others">Rows whose value is not.</param>
/// <param name="Examples">Values that are not, in order of first appearance.</param>
public sealed record ColumnSuspects(ColumnType Type, int Fitting, int Others, IReadOnlyList<SuspectValue> Examples)
{
    /// <summary>Examples at most.</summary>
    public const int MaxExamples = 5;

    /// <summary>The share of the values that must fit: past one odd value in ten, words are there on purpose.</summary>
    public const double MinFittingShare = 0.9;
}
