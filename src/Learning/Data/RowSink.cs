namespace Trainyard.Learning.Data;

/// <summary>Where a reader puts the cells of one column: into an arena until the type is known, or straight into a typed column.</summary>
internal abstract class RowSink
{
    /// <summary>Rows taken.</summary>
    public abstract int Count { get; }

    /// <param name="line">The line it is on, for the error when there must be a value.</param>
    public abstract void AppendMissing(long line);

    /// <summary>Takes a value that is not missing.</summary>
    /// <param name="text">The value in UTF-8.</param>
    /// <param name="line">The line it is on, for the error when it does not fit.</param>
    public abstract void Append(ReadOnlySpan<byte> text, long line);

    /// <summary>What was taken, as values of the narrowest type that fits all of it.</summary>
    public abstract ColumnBuilder ToBuilder();
}
