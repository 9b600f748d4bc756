using System.Globalization;
using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Models;
using Trainyard.Learning.Models.Streaming;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Streams;

namespace Trainyard.Learning.Tests.Models.Streaming;

/// <summary>Counts the bytes that are alive while a model is fitted; no other test runs meanwhile.</summary>
[Collection(Alone)]
public sealed class StreamedMemoryTests
{
    private const string Alone = "counts the bytes of the whole process";
    private const int Rows = 260_000;
    private const int Features = 15;

    private static readonly LearnerSettings Settings = new([new("iterations", 2), new("max_depth", 3)]);

    [Fact]
    public void Fit_FileOfManyRows_HoldsAByteAValueAndTheSample()
    {
        // Bins, of features made up to a multiple of eight; labels, scores, gradients and row numbers; a sample of 200,000 rows while there are no bins.
        long bound = Math.Max(Features + 1L + 100, 8L * (Features + 2)) * Rows;

        Watch streamed = new();
        StreamedTrainer.Fit(new StreamedFit(RowSource.Csv(() => new RowsOfNumbers()), "label") { Settings = Settings, Options = new FitOptions(1) { Progress = streamed }, Reading = streamed });

        // The same rows as a table: what the bound is there to spare, and a proof that the watch sees it.
        Watch held = new();
        Table table = CsvSource.Read(new RowsOfNumbers());
        TabularTrainer.Fit(
            new TabularFit(table, TargetEncoding.Infer(table, "label"), new GradientBoostingLearner()) { Settings = Settings, Options = new FitOptions(1) { Progress = held } },
            CancellationToken.None);
        GC.KeepAlive(table);

        Assert.InRange(streamed.Most, 1, bound);
        Assert.True(held.Most > bound, $"In memory it took {held.Most} bytes, and the bound is {bound}.");
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class RunsAlone;

    /// <summary>The most bytes that were alive at any report, over those alive at the beginning.</summary>
    private sealed class Watch : IProgress<ReadingProgress>, IProgress<FitProgress>
    {
        private const int RowsBetweenLooks = 50_000;

        private readonly long before = GC.GetTotalMemory(forceFullCollection: true);
        private int nextRows;

        public long Most { get; private set; }

        public void Report(ReadingProgress value)
        {
            if (value.Rows < nextRows - RowsBetweenLooks)
            {
                nextRows = 0;
            }

            if (value.Rows >= nextRows)
            {
                nextRows = value.Rows + RowsBetweenLooks;
                Look();
            }
        }

        public void Report(FitProgress value) => Look();

        private void Look() => Most = Math.Max(Most, GC.GetTotalMemory(forceFullCollection: true) - before);
    }

    /// <summary>A CSV file that is made while it is read.</summary>
    private sealed class RowsOfNumbers : ReadOnlyStream
    {
        private readonly DeterministicRandom random = new(7);
        private byte[] line = Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, Features).Select(feature => $"x{feature}").Append("label")) + "\n");
        private int position;
        private int row;

        public override int Read(Span<byte> buffer)
        {
            if (position == line.Length && row++ < Rows)
            {
                StringBuilder text = new();
                for (int feature = 0; feature < Features; feature++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{random.NextInt(1000)},");
                }

                (line, position) = (Encoding.ASCII.GetBytes(text.Append(row % 2).Append('\n').ToString()), 0);
            }

            int count = Math.Min(buffer.Length, line.Length - position);
            line.AsSpan(position, count).CopyTo(buffer);
            position += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
    }
}
