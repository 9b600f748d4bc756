namespace Trainyard.Learning.Data.Blocks;

/// <summary>Some thousand consecutive rows of a file.</summary>
/// <param name="Columns">In the file's order; a column of one block that has no value at all is a <see cref="NumberColumn"/>.</param>
/// <param name="Mixed">Names of columns whose values are of several types in this block; they are not among <paramref name="Columns"/>.</param>
/// <param name="RowCount">Rows, at least one.</param>
internal sealed record RowBlock(IReadOnlyList<Column> Columns, IReadOnlyList<string> Mixed, int RowCount)
{
    /// <summary>What the sinks of some rows took; null when there is no row.</summary>
    public static RowBlock? Of(IReadOnlyList<string> names, IReadOnlyList<RowSink?> sinks)
    {
        if (sinks[0]!.Count == 0)
        {
            return null;
        }

        List<Column> columns = new(names.Count);
        List<string> mixed = [];
        for (int index = 0; index < names.Count; index++)
        {
            if (sinks[index] is SniffingSink { HasFailed: true })
            {
                mixed.Add(names[index]);
            }
            else
            {
                columns.Add(sinks[index]!.ToBuilder().Build(names[index]));
            }
        }

        return new RowBlock(columns, mixed, sinks[0]!.Count);
    }
}
