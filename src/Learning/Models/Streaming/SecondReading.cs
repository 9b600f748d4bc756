using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Sketches;

namespace Trainyard.Learning.Models.Streaming;

/// <summary>Turns the rows of a file that is known already into bins, a byte a feature.</summary>
/// <param name="fit">What is asked for.</param>
/// <param name="parts">Which rows are learned from.</param>
/// <param name="file">What the first reading found.</param>
/// <param name="number">1-based number of this reading, for progress.</param>
internal sealed class SecondReading(StreamedFit fit, RowParts parts, FileFindings file, int number) : IRowBlocks
{
    private readonly BinnedRows training = new(file.Plan, file.Bins, file.TrainingLabels.Length);
    private readonly BinnedRows heldOut = new(file.Plan, file.Bins, file.HeldOutLabels.Length);
    private readonly SketchedRows? sketch = fit.KeepsReference ? new SketchedRows(file.Schema, file.TrainingLabels.Length) : null;
    private int rows;

    /// <inheritdoc/>
    public ColumnSchema? SchemaOf(string name) => file.Schema.TryGet(name, out ColumnSchema? column) ? column with { Nullable = true } : throw Changed();

    /// <inheritdoc/>
    public void Take(RowBlock block)
    {
        Table all = new(block.Columns);
        if (!all.TryGet(fit.Target, out Column? target))
        {
            target = ColumnPieces.Missing(fit.Target, ColumnType.Number, block.RowCount);
        }

        (int[] learned, int[] held) = parts.Split(target, rows, block.RowCount);
        Table mine = learned.Length == block.RowCount ? all : all.SelectRows(learned);
        training.Take(mine);
        heldOut.Take(all.SelectRows(held));
        sketch?.Take(mine);
        rows += block.RowCount;
        fit.Reading?.Report(new ReadingProgress(number, rows));
    }

    /// <summary>The bins of both parts, and the sketch if one is wanted, once the file has ended.</summary>
    /// <exception cref="LearningException">There were other rows than before (<c>source_changed</c>).</exception>
    public (PackedBins Training, PackedBins HeldOut, TableSketch? Sketch) Finish(int maximumThreads, CancellationToken cancellationToken) =>
        (training.Finish(), heldOut.Finish(), sketch?.Finish(maximumThreads, cancellationToken));

    /// <summary>What a second reading finds that the first did not.</summary>
    public static LearningException Changed(LearningException? found = null) => new(
        "source_changed",
        $"The file has changed since it was first read{(found is null ? "" : $": {found.Message}")} Copy it first, or train when nobody writes to it.",
        found?.Field,
        found) { Line = found?.Line };

    /// <summary>The bins of one part of the rows while they come in.</summary>
    private sealed class BinnedRows(FeaturePlan plan, FeatureBins[] bins, int rowCount)
    {
        private readonly PackedBins filled = PackedBins.WithoutColumns(bins, rowCount);
        private double[][] buffers = [];
        private byte[] numbers = [];
        private int row;

        public void Take(Table rows)
        {
            if (rows.RowCount > rowCount - row)
            {
                throw Changed();
            }

            if (numbers.Length < rows.RowCount)
            {
                numbers = new byte[rows.RowCount];
            }

            for (int encoding = 0, feature = 0; encoding < plan.Encodings.Count; encoding++)
            {
                plan.Transform(encoding, rows, ref buffers);
                for (int index = 0; index < plan.WidthOf(encoding); index++, feature++)
                {
                    Span<byte> own = numbers.AsSpan(0, rows.RowCount);
                    bins[feature].Fill(own, buffers[index]);
                    filled.Fill(feature, row, own);
                }
            }

            row += rows.RowCount;
        }

        public PackedBins Finish() => row == rowCount ? filled : throw Changed();
    }
}
