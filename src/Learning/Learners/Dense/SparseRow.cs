namespace Trainyard.Learning.Learners.Dense;

/// <summary>The features of a row that are not 0.</summary>
/// <param name="Columns">Their numbers, ascending.</param>
/// <param name="Values">One each.</param>
internal readonly record struct SparseRow(int[] Columns, double[] Values)
{
    /// <summary>Σ value × weight.</summary>
    public double Dot(ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int index = 0; index < Columns.Length; index++)
        {
            sum += Values[index] * weights[Columns[index]];
        }

        return sum;
    }
}
