using Trainyard.Learning.Concurrency;

namespace Trainyard.Learning.Data;

/// <summary>Makes a table of what was read of a CSV file.</summary>
internal static class CsvTable
{
    public static CsvReading<CsvColumns> Reading(CsvOptions? options)
    {
        CsvOptions checkedOptions = (options ?? CsvOptions.Default).Validated();
        return new CsvReading<CsvColumns>(checkedOptions, names => new CsvColumns(names, checkedOptions.Schema));
    }

    /// <summary>The table, once the stream has ended.</summary>
    /// <exception cref="LearningException">There is an error in the file.</exception>
    public static Table Build(CsvReading<CsvColumns> reading, CancellationToken cancellationToken)
    {
        CsvColumns columns = reading.Finish(cancellationToken);
        if (columns.Mistaken is { Length: > 0 } mistaken)
        {
            ReadAgain(reading, columns, mistaken, cancellationToken);
        }

        reading.Kept.Clear();
        return columns.Build(reading.Rows, reading.Threads, cancellationToken);
    }

    private static void ReadAgain(CsvReading<CsvColumns> reading, CsvColumns columns, int[] mistaken, CancellationToken cancellationToken)
    {
        CsvPiece[] pieces = new CsvPiece[reading.Kept.Count];
        ParallelWork.For(pieces.Length, reading.Threads, cancellationToken, index =>
        {
            RowSink?[] sinks = new RowSink?[columns.Count];
            Array.ForEach(mistaken, column => sinks[column] = new InferringSink());
            pieces[index] = reading.Read(reading.Kept[index], sinks, 1, 0);
        });
        ParallelWork.For(mistaken.Length, reading.Threads, cancellationToken, index =>
            columns.Replace(mistaken[index], pieces.Select(piece => ((InferringSink)piece.Sinks[mistaken[index]]!).Cells), cancellationToken));
    }
}
