using System.Globalization;
using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public sealed class CsvBoostingTests
{
    private const int Rows = 3000;
    private const int Features = 11;

    private static readonly LearnerSettings Settings = new([new("iterations", 8), new("max_depth", 5)]);

    [Theory]
    [InlineData(LearningTask.Classification, 2, 1)]
    [InlineData(LearningTask.Classification, 3, 3)]
    [InlineData(LearningTask.Regression, 0, 2)]
    public void Fit_File_IsTheModelOfTheTable(LearningTask task, int classes, int threads)
    {
        byte[] file = MakeFile(task, classes);
        TrainingSet set = SetOf(file, task, classes);
        FitOptions options = new(1) { MaxDegreeOfParallelism = threads };

        IModel expected = new GradientBoostingLearner().Fit(set, Settings, options, CancellationToken.None);
        IModel actual = CsvBoosting.Fit(
            () => new MemoryStream(file), "label", task, Settings, options, new CsvOptions { Delimiter = ',', ChunkBytes = 5000, MaxDegreeOfParallelism = threads });

        Assert.Equal(Outputs(expected, set), Outputs(actual, set));
    }

    [Fact]
    public void Fit_ValueThatIsNoNumber_SaysWhere()
    {
        LearningException error = Assert.Throws<LearningException>(() => Fit("label,a,b\n0,1,2\n1,x,3\n"));

        Assert.Equal(("not_a_number", 3L, "a"), (error.Code, error.Line!.Value, error.Field));
    }

    [Theory]
    [InlineData("target,a\n0,1\n1,2\n", "column_missing")]
    [InlineData("label,a\n0,1\n2,2\n", "label_invalid")]
    [InlineData("label,a\n0.5,1\n1,2\n", "label_invalid")]
    [InlineData("label,a\n0,1\n,2\n", "label_invalid")]
    [InlineData("label,a\n", "csv_header_only")]
    public void Fit_FileWithoutUsableLabels_IsRefused(string file, string code) =>
        Assert.Equal(code, Assert.Throws<LearningException>(() => Fit(file)).Code);

    [Theory]
    [InlineData("label,a\n0,1\n1,2\n1,3\n")]
    [InlineData("label,a\n0,1\n")]
    [InlineData("label,a,b\n0,1,2\n1,2,2\n")]
    public void Fit_FileThatChangesBetweenTheReadings_IsRefused(string second)
    {
        Queue<string> files = new(["label,a\n0,1\n1,2\n", second]);

        LearningException error = Assert.Throws<LearningException>(() =>
            CsvBoosting.Fit(() => new MemoryStream(Encoding.UTF8.GetBytes(files.Dequeue())), "label", LearningTask.Classification, Settings, new FitOptions(1)));

        Assert.Equal("csv_changed", error.Code);
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        byte[] file = MakeFile(LearningTask.Regression, 0);

        Assert.ThrowsAny<OperationCanceledException>(() => CsvBoosting.Fit(
            () => new MemoryStream(file), "label", LearningTask.Regression, Settings, new FitOptions(1), null, new CancellationToken(canceled: true)));
    }

    private static IModel Fit(string file) =>
        CsvBoosting.Fit(() => new MemoryStream(Encoding.UTF8.GetBytes(file)), "label", LearningTask.Classification, Settings, new FitOptions(1));

    private static byte[] MakeFile(LearningTask task, int classes)
    {
        DeterministicRandom random = new(5);
        StringBuilder text = new(string.Join(',', Enumerable.Range(0, Features).Select(feature => $"x{feature}").Append("label")) + "\n");
        for (int row = 0; row < Rows; row++)
        {
            double[] values = [.. Enumerable.Range(0, Features).Select(feature => feature < 2 ? random.NextInt(5) : random.NextGaussian())];
            double score = values[0] + (values[1] * values[2]) + (0.3 * random.NextGaussian());
            text.AppendJoin(',', values.Select(value => random.NextInt(30) == 0 ? "" : value.ToString("R", CultureInfo.InvariantCulture)));
            text.Append(CultureInfo.InvariantCulture, $",{(task == LearningTask.Regression ? score : Math.Clamp((int)Math.Floor(score), 0, classes - 1))}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static TrainingSet SetOf(byte[] file, LearningTask task, int classes)
    {
        Table table = CsvSource.Read(new MemoryStream(file));
        double[][] columns = [.. table.Columns.Select(column => ((NumberColumn)column).Values.ToArray())];
        FeatureInfo[] infos = [.. table.Columns.SkipLast(1).Select(column => new FeatureInfo(column.Name, column.Name, FeatureKind.Number))];
        return new TrainingSet(new FeatureMatrix(infos, columns[..^1], table.RowCount), columns[^1], task, classes);
    }

    private static double[] Outputs(IModel model, TrainingSet set)
    {
        double[] outputs = new double[Rows * model.OutputCount];
        model.PredictRows(set.Features, 0, outputs);
        return outputs;
    }
}
