namespace Trainyard.Learning.Splitting;

/// <summary>Divides rows by seed, alike on every platform.</summary>
public static class Splitter
{
    /// <summary>Training, validation and test rows.</summary>
    /// <param name="labels">One label per row: the class index, or the value.</param>
    /// <param name="classCount">Number of classes, to keep their shares; 0 for regression.</param>
    /// <param name="fractions">Shares of the parts.</param>
    /// <param name="seed">Decides which row goes where.</param>
    public static RowSplit Split(ReadOnlySpan<double> labels, int classCount, SplitFractions fractions, ulong seed) => throw new NotSupportedException();

    /// <summary>Folds for cross-validation: every row is in the validation part of one.</summary>
    /// <param name="labels">One label per row: the class index, or the value.</param>
    /// <param name="classCount">Number of classes, to keep their shares; 0 for regression.</param>
    /// <param name="folds">2 to the number of rows.</param>
    /// <param name="seed">Decides which row goes where.</param>
    public static IReadOnlyList<Fold> KFold(ReadOnlySpan<double> labels, int classCount, int folds, ulong seed) => throw new NotSupportedException();
}
