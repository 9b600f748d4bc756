namespace Trainyard.Learning.Data;

/// <summary>A column of numbers, 8 bytes a row.</summary>
public sealed class NumberColumn : Column
{
    private readonly double[] values;

    /// <summary>Wraps <paramref name="values"/> without copying; <see cref="double.NaN"/> is missing.</summary>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public NumberColumn(string name, double[] values)
        : base(name, ColumnType.Number, values.Length, MissingIn(values))
    {
        if (values.AsSpan().ContainsAny(double.PositiveInfinity, double.NegativeInfinity))
        {
            throw new ArgumentException($"Column '{name}' holds an infinite number.", nameof(values));
        }

        this.values = values;
    }

    /// <summary>One number per row; <see cref="double.NaN"/> is missing.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => double.IsNaN(values[row]);

    /// <inheritdoc/>
    public override Cell CellAt(int row) => Cell.FromNumber(values[row]);

    /// <inheritdoc/>
    public override string? TextAt(int row) => IsMissing(row) ? null : ValueText.OfNumber(values[row]);

    /// <inheritdoc/>
    public override Column SelectRows(ReadOnlySpan<int> rows) => new NumberColumn(Name, Select(values, rows));

    private static int MissingIn(double[] values)
    {
        int missing = 0;
        foreach (double value in values)
        {
            missing += double.IsNaN(value) ? 1 : 0;
        }

        return missing;
    }
}
