using System.Buffers;
using Trainyard.Domain.Problems;
using Trainyard.Learning.Forecasting;

namespace Trainyard.Domain.Serving;

/// <summary>What a version put out for one request, kept while somebody compares or logs it. Not thread safe; one owner at a time, who disposes it.</summary>
internal sealed class CallOutputs : IDisposable
{
    private double[] values = [];

    /// <summary>Rows predicted; 0 until the version answered, and where a row was refused, for then rows cannot be held against another version's.</summary>
    public int Rows => Refused.Count == 0 ? RequestedRows : 0;

    /// <summary>Rows of the request, refused ones among them; 0 until the version answered.</summary>
    public int RequestedRows { get; private set; }

    /// <summary>Rows that were answered.</summary>
    public int PredictedRows => RequestedRows - Refused.Count;

    /// <summary>Numbers of each row: a probability for each class, or one number.</summary>
    public int Width { get; private set; }

    /// <summary>Labels by index; empty where numbers are predicted.</summary>
    public IReadOnlyList<string> Classes { get; private set; } = [];

    /// <summary>Rows without a prediction, by 0-based index, in order.</summary>
    public IReadOnlyList<(int Row, Problem Problem)> Refused { get; private set; } = [];

    /// <summary>The forecast whose values these are; null of rows.</summary>
    public Forecast? Forecast { get; private set; }

    /// <summary>Row by row, <see cref="Width"/> numbers each.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, Rows * Width);

    /// <summary>The numbers of a row; of a refused one they mean nothing.</summary>
    public ReadOnlySpan<double> Row(int row) => values.AsSpan(row * Width, Width);

    /// <summary>Copies what was put out.</summary>
    public void Take(ReadOnlySpan<double> outputs, int width, IReadOnlyList<string> classes) => Take(outputs, width, classes, []);

    /// <summary>Copies what was put out for some of the rows.</summary>
    /// <param name="outputs">Of all rows, refused ones among them.</param>
    /// <param name="width">Numbers of each.</param>
    /// <param name="classes">Labels by index.</param>
    /// <param name="refused">Rows without a prediction, in order; kept, not copied.</param>
    public void Take(ReadOnlySpan<double> outputs, int width, IReadOnlyList<string> classes, IReadOnlyList<(int Row, Problem Problem)> refused)
    {
        ReturnValues();
        values = ArrayPool<double>.Shared.Rent(Math.Max(outputs.Length, 1));
        outputs.CopyTo(values);
        (RequestedRows, Width, Classes, Refused) = (outputs.Length / width, width, classes, refused);
    }

    /// <summary>Takes a forecast and its values.</summary>
    public void Take(Forecast forecast)
    {
        Take([.. forecast.Points.Select(point => point.Mean)], width: 1, classes: []);
        Forecast = forecast;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ReturnValues();
        Forecast = null;
    }

    private void ReturnValues()
    {
        if (values.Length > 0)
        {
            ArrayPool<double>.Shared.Return(values);
        }

        (values, RequestedRows, Refused) = ([], 0, []);
    }
}
