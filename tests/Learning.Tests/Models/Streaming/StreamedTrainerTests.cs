using System.Security.Cryptography;
using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Models.Streaming;

namespace Trainyard.Learning.Tests.Models.Streaming;

public sealed class StreamedTrainerTests
{
    private const ulong Seed = 3;

    private static readonly LearnerSettings Settings = new([new("iterations", 8), new("max_depth", 5)]);

    [Theory]
    [InlineData(2, 1, 0, false)]
    [InlineData(2, 3, 0.25, true)]
    [InlineData(3, 2, 0.1, true)]
    [InlineData(0, 3, 0.25, false)]
    public void Fit_CsvOfEveryType_IsTheModelOfTheTable(int classes, int threads, double validation, bool isBalanced)
    {
        byte[] file = StreamedFiles.Csv(classes, ';');
        CsvOptions csv = new() { Delimiter = ';', ChunkBytes = 9000, MaxDegreeOfParallelism = threads };

        byte[] actual = ModelOf(RowSource.Csv(() => new MemoryStream(file), csv), threads, validation, isBalanced);

        Assert.Equal(Witness(CsvSource.Read(new MemoryStream(file), csv), file, validation, isBalanced), actual);
    }

    [Theory]
    [InlineData(2, 0.2)]
    [InlineData(0, 0)]
    public void Fit_GzippedJsonLines_IsTheModelOfTheTable(int classes, double validation)
    {
        byte[] file = StreamedFiles.Gzip(StreamedFiles.Ndjson(classes));

        byte[] actual = ModelOf(RowSource.Ndjson(() => new MemoryStream(file)), 2, validation, isBalanced: false);

        Assert.Equal(Witness(NdjsonSource.Read(new MemoryStream(file)), file, validation, isBalanced: false), actual);
    }

    [Fact]
    public void Fit_GivenSchema_IsTheModelOfTheTableInItsOrder()
    {
        byte[] file = StreamedFiles.Csv(2);
        TableSchema inferred = CsvSource.Read(new MemoryStream(file)).Schema;
        TableSchema given = new([.. inferred.Columns.Reverse().Select(column => column.Name is "rate" or "comment" ? column with { Type = ColumnType.Category } : column)]);
        CsvOptions csv = new() { Schema = given, ChunkBytes = 9000, Delimiter = ',' };

        byte[] actual = ModelOf(RowSource.Csv(() => new MemoryStream(file), csv), 2, 0, isBalanced: false);

        Assert.Equal(Witness(CsvSource.Read(new MemoryStream(file), csv), file, 0, isBalanced: false), actual);
    }

    [Fact]
    public void Fit_Monotone_IsKeptAndRecorded()
    {
        byte[] file = StreamedFiles.Csv(0);
        StreamedFit fit = new(RowSource.Csv(() => new MemoryStream(file)), "label") { Settings = Settings, Monotone = new Dictionary<string, int> { ["size"] = -1 } };

        TabularModel model = StreamedTrainer.Fit(fit);

        double[] predicted = [.. Enumerable.Range(-20, 41).Select(step => model.Predict(new Table([new NumberColumn("size", [step / 10.0])]))[0])];
        Assert.Equal(predicted.OrderDescending(), predicted);
        Assert.Equal(-1, model.Lineage.Monotone!["size"]);
    }

    [Fact]
    public void Fit_Model_IsServedLikeAnyOther()
    {
        byte[] file = StreamedFiles.Csv(2);
        TabularModel model = StreamedTrainer.Fit(new StreamedFit(RowSource.Csv(() => new MemoryStream(file)), "label") { Settings = Settings, Dataset = "dataset://sales/1" });

        TabularModel read = TabularModelFile.Read(TabularModelFile.ToBytes(model));

        Assert.Equal(("dataset://sales/1", Convert.ToHexStringLower(SHA256.HashData(file))), (read.Lineage.Dataset, read.Lineage.DatasetSha256));
        Assert.True(read.Evaluate(CsvSource.Read(new MemoryStream(file))).Metrics["roc_auc"] > 0.9);
        Assert.Equal(StreamedFiles.Rows - 31, read.Reference!.Rows);
    }

    [Fact]
    public void Fit_Progress_TellsEveryReading()
    {
        byte[] file = StreamedFiles.Csv(2);
        List<ReadingProgress> told = [];
        CsvOptions csv = new() { ChunkBytes = 9000, Delimiter = ',' };

        StreamedTrainer.Fit(new StreamedFit(RowSource.Csv(() => new MemoryStream(file), csv), "label") { Settings = Settings, Reading = new Collected(told) });

        // The third reading is for the column with a word among its numbers.
        Assert.Equal([1, 2, 3], told.Select(each => each.Reading).Distinct());
        Assert.All(told.GroupBy(each => each.Reading), each => Assert.Equal(StreamedFiles.Rows, each.Max(step => step.Rows)));
        Assert.True(told.Count > 30);
    }

    [Theory]
    [InlineData("a,b,label\n1,2,x\n1,2,y\n")]
    [InlineData("a,label\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n9,x\n9,y\n10,x\n")]
    [InlineData("a,label\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n9,x\n")]
    [InlineData("a,label\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n9,x\nten,y\n")]
    [InlineData("a,label\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n9,x\n\"10,y\n")]
    [InlineData("a,label\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n9,x\n11,y\n")]
    [InlineData("")]
    public void Fit_FileThatChangesBetweenTheReadings_IsRefused(string second)
    {
        Queue<string> files = new(["a,label\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n9,x\n10,y\n", second]);

        LearningException error = Assert.Throws<LearningException>(() => Fit(() => files.Dequeue()));

        Assert.Equal("source_changed", error.Code);
    }

    [Fact]
    public void Fit_LineThatIsBadInTheSecondReading_SaysWhich()
    {
        Queue<string> files = new(["a,label\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n9,x\n10,y\n", "a,label\n1,x\n2,y,z\n"]);

        LearningException error = Assert.Throws<LearningException>(() => Fit(() => files.Dequeue()));

        Assert.Equal(("source_changed", 3L), (error.Code, error.Line!.Value));
    }

    [Theory]
    [InlineData("a,target\n1,x\n2,y\n", "target_missing")]
    [InlineData("a,label\n1,x\n2,y\n", "too_few_rows")]
    [InlineData("a,label\n1,x\n2,x\n3,x\n4,x\n5,x\n6,x\n7,x\n8,x\n9,x\n10,x\n", "target_one_class")]
    [InlineData("a,label\n1,\n2,\n3,\n4,\n5,\n6,\n7,\n8,\n9,\n10,\n", "target_all_missing")]
    [InlineData("a,label\n1,x\n1,y\n1,x\n1,y\n1,x\n1,y\n1,x\n1,y\n1,x\n1,y\n", "no_features")]
    [InlineData("a,label\n1,x\n1\n", "csv_ragged_row")]
    [InlineData("a,label\n", "csv_header_only")]
    public void Fit_FileThatCannotBeUsed_IsRefused(string file, string code) =>
        Assert.Equal(code, Assert.Throws<LearningException>(() => Fit(() => file)).Code);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Fit_ShareOutOfRange_IsRefusedBeforeReading(double share)
    {
        StreamedFit fit = new(RowSource.Csv(() => throw new InvalidOperationException("It was read.")), "label") { ValidationFraction = share };

        Assert.Equal("split_fractions_invalid", Assert.Throws<LearningException>(() => StreamedTrainer.Fit(fit)).Code);
    }

    [Fact]
    public void Fit_TaskWithoutLabels_IsRefusedBeforeReading()
    {
        StreamedFit fit = new(RowSource.Csv(() => throw new InvalidOperationException("It was read.")), "label") { Task = LearningTask.Clustering };

        Assert.Equal("task_unsupported", Assert.Throws<LearningException>(() => StreamedTrainer.Fit(fit)).Code);
    }

    [Fact]
    public void Fit_CancelledWhileReading_Stops()
    {
        byte[] file = StreamedFiles.Csv(2);
        using CancellationTokenSource source = new();
        List<ReadingProgress> told = [];
        StreamedFit fit = new(RowSource.Csv(() => new MemoryStream(file), new CsvOptions { ChunkBytes = 9000, Delimiter = ',' }), "label")
        {
            Reading = new Collected(told, source.Cancel),
        };

        Assert.ThrowsAny<OperationCanceledException>(() => StreamedTrainer.Fit(fit, source.Token));
        Assert.All(told, each => Assert.True(each.Rows < StreamedFiles.Rows));
    }

    private static TabularModel Fit(Func<string> file) =>
        StreamedTrainer.Fit(new StreamedFit(RowSource.Csv(() => new MemoryStream(Encoding.UTF8.GetBytes(file()))), "label"));

    private static byte[] ModelOf(RowSource rows, int threads, double validation, bool isBalanced) => TabularModelFile.ToBytes(StreamedTrainer.Fit(new StreamedFit(rows, "label")
    {
        Settings = Settings,
        Options = new FitOptions(Seed) { MaxDegreeOfParallelism = threads },
        ValidationFraction = validation,
        BalanceClasses = isBalanced,
    }));

    private static byte[] Witness(Table table, byte[] file, double validation, bool isBalanced)
    {
        (int[] training, int[] heldOut) = new RowParts(validation, Seed).Split(table["label"], 0, table.RowCount);
        Assert.InRange(heldOut.Length, (validation - 0.03) * table.RowCount, (validation + 0.03) * table.RowCount);
        TabularModel model = TabularTrainer.Fit(
            new TabularFit(table.SelectRows(training), TargetEncoding.Infer(table, "label"), new GradientBoostingLearner())
            {
                Settings = Settings,
                Options = new FitOptions(Seed) { MaxDegreeOfParallelism = 1 },
                Validation = heldOut.Length == 0 ? null : table.SelectRows(heldOut),
                BalanceClasses = isBalanced,
                DatasetSha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
            },
            CancellationToken.None);
        return TabularModelFile.ToBytes(model);
    }

    private sealed class Collected(List<ReadingProgress> told, Action? also = null) : IProgress<ReadingProgress>
    {
        public void Report(ReadingProgress value)
        {
            told.Add(value);
            also?.Invoke();
        }
    }
}
