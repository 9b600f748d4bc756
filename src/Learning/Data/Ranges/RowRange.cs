namespace Trainyard.Learning.Data.Ranges;

/// <summary>A stretch of a file that holds whole rows and can be read by itself.</summary>
/// <param name="Start">Index of its first byte in the file.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="FirstRow">1-based number of its first row in the file.</param>
/// <param name="Rows">Rows in it, at least one.</param>
public readonly record struct RowRange(long Start, int Bytes, long FirstRow, int Rows);
