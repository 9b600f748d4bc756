namespace Trainyard.Learning.Data.Ranges;

/// <summary>Where the rows of a file lie, so that many can be read at a time without the rows before them.</summary>
/// <param name="Columns">Its columns in order; of JSON lines the members of the first row, or none when that is no object.</param>
/// <param name="Delimiter">Of fields; a comma where there are none.</param>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Ranges">All of them, one range behind the other.</param>
public sealed record RowOutline(IReadOnlyList<string> Columns, char Delimiter, long Rows, IReadOnlyList<RowRange> Ranges);
