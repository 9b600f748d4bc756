using System.Buffers;

namespace Trainyard.Domain.Serving;

/// <summary>What a version put out for one request, kept while somebody compares it. Not thread safe; one owner at a time, who disposes it.</summary>
internal sealed class CallOutputs : IDisposable
{
    private double[] values = [];

    /// <summary>Rows predicted; 0 until the version answered.</summary>
    public int Rows { get; private set; }

    /// <summary>Numbers of each row: a probability for each class, or one number.</summary>
    public int Width { get; private set; }

    /// <summary>Labels by index; empty where numbers are predicted.</summary>
    public IReadOnlyList<string> Classes { get; private set; } = [];

    /// <summary>Row by row, <see cref="Width"/> numbers each.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, Rows * Width);

    /// <summary>The numbers of a row.</summary>
    public ReadOnlySpan<double> Row(int row) => values.AsSpan(row * Width, Width);

    /// <summary>Copies what was put out.</summary>
    public void Take(ReadOnlySpan<double> outputs, int width, IReadOnlyList<string> classes)
    {
        Dispose();
        values = ArrayPool<double>.Shared.Rent(Math.Max(outputs.Length, 1));
        outputs.CopyTo(values);
        (Rows, Width, Classes) = (outputs.Length / width, width, classes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (values.Length > 0)
        {
            ArrayPool<double>.Shared.Return(values);
        }

        (values, Rows) = ([], 0);
    }
}
