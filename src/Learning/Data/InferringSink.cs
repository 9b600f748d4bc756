namespace Trainyard.Learning.Data;

/// <summary>Keeps the cells as text; their type is found when all are there.</summary>
internal sealed class InferringSink : RowSink
{
    /// <summary>The cells so far.</summary>
    public CellArena Cells { get; } = new();

    public override int Count => Cells.Count;

    public override void AppendMissing(long line) => Cells.AppendMissing();

    public override void Append(ReadOnlySpan<byte> text, long line) => Cells.Append(text);

    public override ColumnBuilder ToBuilder() => TypeInference.Fit([Cells], CancellationToken.None);
}
