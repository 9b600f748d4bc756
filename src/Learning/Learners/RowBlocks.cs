using System.Buffers;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners;

/// <summary>Predictions for rows of a matrix.</summary>
public static class RowBlocks
{
    /// <summary>Values that are brought into rows at a time: 128 KiB, which with a tree fit a level-2 cache.</summary>
    private const int BlockValues = 1 << 14;

    private const int MaximumRows = 512;
    private const int MinimumRows = 8;

    /// <summary>Predicts consecutive rows, each as <see cref="IModel.Predict"/> does to the bit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="features">Its features, column by column.</param>
    /// <param name="start">The first row.</param>
    /// <param name="outputs">Row by row, <see cref="IModel.OutputCount"/> values each; its length says how many rows.</param>
    public static void PredictRows(this IModel model, FeatureMatrix features, int start, Span<double> outputs)
    {
        int width = features.FeatureCount;
        int count = outputs.Length / model.OutputCount;
        int room = Math.Clamp(BlockValues / Math.Max(width, 1), MinimumRows, MaximumRows);
        double[] rows = ArrayPool<double>.Shared.Rent(room * width);
        for (int row = 0; row < count; row += room)
        {
            int taken = Math.Min(room, count - row);
            Span<double> block = rows.AsSpan(0, taken * width);
            features.CopyRows(start + row, block);
            model.PredictRows(block, outputs.Slice(row * model.OutputCount, taken * model.OutputCount));
        }

        ArrayPool<double>.Shared.Return(rows);
    }
}
