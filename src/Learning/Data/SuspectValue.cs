namespace Trainyard.Learning.Data;

/// <summary>A value that keeps a column from having a stricter type.</summary>
/// <param name="Value">The value, cut like <see cref="ColumnProfile.Top"/>.</param>
/// <param name="Count">Rows that have it.</param>
/// <param name="Row">The first row that has it, 1-based.</param>
/// <param name="Line">The 1-based line of the file that this row begins on; null when the table does not come from a file.</param>
public sealed record SuspectValue(string Value, int Count, int Row, long? Line);
