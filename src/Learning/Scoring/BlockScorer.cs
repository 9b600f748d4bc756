using System.Buffers;
using Trainyard.Learning.Data;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Scoring;

/// <summary>
/// Predicts rows a few hundred at a time, in constant memory; a row that cannot be predicted keeps none of the others from
/// it. What a row is predicted as does not depend on the rows around it. For one thread.
/// </summary>
/// <param name="model">Predicts.</param>
/// <param name="rows">Takes what comes of it.</param>
/// <param name="cancellationToken">Observed before every block.</param>
internal sealed class BlockScorer(TabularModel model, IScoredRows rows, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>Values that are gathered before they are predicted: 128 KiB, which with a tree fit a level-2 cache.</summary>
    private const int BlockValues = 1 << 14;

    private const int MinimumRows = 8;
    private const int MaximumRows = 512;

    private readonly int width = model.ScratchLength;
    private readonly RowFault?[] faults = new RowFault?[RowsPerBlock(model)];
    private readonly int[] idEnds = new int[RowsPerBlock(model)];
    private readonly double[] features = ArrayPool<double>.Shared.Rent(Math.Max(RowsPerBlock(model) * model.ScratchLength, 1));
    private readonly double[] outputs = ArrayPool<double>.Shared.Rent(RowsPerBlock(model) * model.OutputCount);
    private readonly ArrayBufferWriter<byte> ids = new();
    private int count;

    /// <summary>The cells of the row at hand, one per column of <see cref="TabularModel.Inputs"/>; all missing when it begins.</summary>
    public Cell[] Cells { get; } = new Cell[model.Inputs.Columns.Count];

    /// <summary>Rows taken.</summary>
    public int RowCount { get; private set; }

    /// <summary>Begins a row.</summary>
    public void Begin() => Array.Clear(Cells);

    /// <summary>Gives the row at hand its id.</summary>
    public void Identify(ReadOnlySpan<byte> id) => ids.Write(id);

    /// <summary>Ends the row at hand: it is to be predicted.</summary>
    public void End()
    {
        RowFault? fault = null;
        try
        {
            model.Plan.Transform(Cells, features.AsSpan(count * width, width));
        }
        catch (LearningException unusable)
        {
            fault = new RowFault(unusable.Code, unusable.Message, unusable.Field);
        }

        End(fault);
    }

    /// <summary>Ends the row at hand: it cannot be predicted, unless <paramref name="fault"/> is null.</summary>
    public void End(RowFault? fault)
    {
        if (fault is not null)
        {
            features.AsSpan(count * width, width).Fill(double.NaN);
        }

        faults[count] = fault;
        idEnds[count] = ids.WrittenCount;
        count++;
        RowCount++;
        if (count == faults.Length)
        {
            Flush();
        }
    }

    /// <summary>Predicts the rows that are still waiting.</summary>
    public void Flush()
    {
        cancellationToken.ThrowIfCancellationRequested();
        int perRow = model.OutputCount;
        Span<double> predicted = outputs.AsSpan(0, count * perRow);
        model.PredictRows(features.AsSpan(0, count * width), predicted);
        int idStart = 0;
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<byte> id = ids.WrittenSpan[idStart..idEnds[row]];
            ReadOnlySpan<double> output = predicted.Slice(row * perRow, perRow);
            RowFault? fault = faults[row] ?? FaultOf(output);
            rows.Take(id, fault is null ? output : [], fault);
            idStart = idEnds[row];
        }

        ids.ResetWrittenCount();
        count = 0;
    }

    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(features);
        ArrayPool<double>.Shared.Return(outputs);
    }

    private static RowFault? FaultOf(ReadOnlySpan<double> output)
    {
        foreach (double value in output)
        {
            if (!double.IsFinite(value))
            {
                return new RowFault("prediction_not_finite", "The model's answer is beyond every number; the row's values are far from those it was trained on.");
            }
        }

        return null;
    }

    private static int RowsPerBlock(TabularModel model) => Math.Clamp(BlockValues / Math.Max(model.ScratchLength, 1), MinimumRows, MaximumRows);
}
