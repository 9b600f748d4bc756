using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Features;
using Trainyard.Learning.Features.Encodings;

namespace Trainyard.Learning.Models.Streaming;

/// <summary>What is learned of one column while its file is read.</summary>
/// <param name="name">The column.</param>
/// <param name="type">What its values are; null to find out.</param>
/// <param name="isGiven">Whether a schema says so; otherwise categories may turn out to be free text.</param>
/// <param name="needs">What the learner wants.</param>
/// <param name="options">Bounds of the plan.</param>
internal sealed class StreamedColumn(string name, ColumnType? type, bool isGiven, FeatureNeeds needs, FeaturePlanOptions options)
{
    /// <summary>Characters of distinct texts that one column may hold: 8 MiB, and some tens of bytes a text beside.</summary>
    private const long MaximumCharacters = 4L << 20;

    private ColumnFitter? fitter;
    private int rows;
    private int missing;
    private int trainingRowsBeforeType;

    /// <summary>The column.</summary>
    public string Name => name;

    /// <summary>Its values in the rows that bins are chosen from.</summary>
    public ColumnPieces Sample { get; } = new(name);

    /// <summary>What the values seem to be; null while all are missing.</summary>
    public ColumnType? Type { get; private set; } = type;

    /// <summary>Whether there are values of several types, so that it must be read again as categories.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>Sees that values do not fit together.</summary>
    public void Mix() => IsMixed = true;

    /// <summary>Takes the next rows of the file.</summary>
    /// <param name="values">All of them.</param>
    /// <param name="training">Those to learn from.</param>
    public void Take(Column values, Column training)
    {
        rows += values.RowCount;
        missing += values.MissingCount;
        if (values.MissingCount < values.RowCount)
        {
            Type ??= values.Type;
            IsMixed |= values.Type != Type;
        }

        if (IsMixed)
        {
            return;
        }

        if (Type is null)
        {
            trainingRowsBeforeType += training.RowCount;
            return;
        }

        FitterOf(Type.Value).Take(training.Type == Type ? training : ColumnPieces.Missing(name, Type.Value, training.RowCount));
    }

    /// <summary>What it is in the whole file.</summary>
    public ColumnSchema Schema() => new(name, FinalType(), missing > 0);

    /// <summary>What becomes of it.</summary>
    public (string Column, ColumnEncoding? Encoding, DropReason Reason) Encode()
    {
        ColumnFitter all = FitterOf(Type ?? ColumnType.Number);
        (ColumnEncoding? encoding, DropReason reason) = all is TextFitter texts && FinalType() == ColumnType.Text ? texts.FitFreeText() : all.Fit();
        return (name, encoding, reason);
    }

    private ColumnType FinalType() => !isGiven && fitter is TextFitter texts && texts.ReadsLikeFreeText(rows - missing)
        ? ColumnType.Text
        : Type ?? ColumnType.Number;

    private ColumnFitter FitterOf(ColumnType known)
    {
        if (fitter is null)
        {
            fitter = known is ColumnType.Category or ColumnType.Text
                ? new TextFitter(name, needs, options) { MaximumCharacters = MaximumCharacters, IsFreeText = known == ColumnType.Text }
                : ColumnFitter.For(name, known, needs, options);
            fitter.Take(ColumnPieces.Missing(name, known, trainingRowsBeforeType));
        }

        return fitter;
    }
}
