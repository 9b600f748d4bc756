namespace Trainyard.Learning.Features;

/// <summary>Labels of the rows that have one.</summary>
/// <param name="Rows">Indices of those rows in the table that was encoded, ascending.</param>
/// <param name="Labels">One per entry of <paramref name="Rows"/>: the class index, or the value.</param>
/// <param name="DroppedRows">Rows without a target, which are left out.</param>
public sealed record EncodedTarget(int[] Rows, double[] Labels, int DroppedRows);
