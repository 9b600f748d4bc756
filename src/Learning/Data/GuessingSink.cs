namespace Trainyard.Learning.Data;

/// <summary>Reads cells as the type that the column has had so far, until one does not fit.</summary>
internal sealed class GuessingSink(ColumnType type, int capacity) : RowSink
{
    private readonly ColumnBuilder builder = ColumnBuilder.For(type, capacity);

    /// <summary>Whether a cell did not fit; what was taken is worth nothing then.</summary>
    public bool HasFailed { get; private set; }

    public override int Count => builder.Count;

    public override void AppendMissing(long line) => builder.AppendMissing();

    public override void Append(ReadOnlySpan<byte> text, long line)
    {
        if (!HasFailed)
        {
            HasFailed = !builder.TryAppend(text);
        }
    }

    public override ColumnBuilder ToBuilder() => builder;
}
