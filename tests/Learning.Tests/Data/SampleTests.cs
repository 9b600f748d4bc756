using Trainyard.Learning.Data;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Tests.Data;

public sealed class SampleTests
{
    [Theory]
    [InlineData("breast-cancer.csv", 569, 31, "Number*30 Category")]
    [InlineData("wine.csv", 178, 14, "Number*13 Category")]
    [InlineData("iris.csv", 150, 5, "Number*4 Category")]
    [InlineData("digits.csv", 1797, 65, "Number*65")]
    [InlineData("diabetes.csv", 442, 11, "Number*11")]
    [InlineData("co2-monthly.csv", 526, 2, "Date Number")]
    [InlineData("sunspots-yearly.csv", 309, 2, "Number*2")]
    public void Read_SampleFile_HasItsRowsAndTypes(string file, int rows, int columns, string types)
    {
        Table table = SampleFiles.Read(file);

        Assert.Equal(rows, table.RowCount);
        Assert.Equal(columns, table.Columns.Count);
        Assert.Equal(types, Runs(table));
        Assert.All(table.Schema.Columns, column => Assert.False(column.Nullable));
    }

    [Theory]
    [InlineData("breast-cancer.csv", LearningTask.Classification, "benign malignant")]
    [InlineData("wine.csv", LearningTask.Classification, "barbera barolo grignolino")]
    [InlineData("iris.csv", LearningTask.Classification, "setosa versicolor virginica")]
    [InlineData("digits.csv", LearningTask.Classification, "0 1 2 3 4 5 6 7 8 9")]
    [InlineData("diabetes.csv", LearningTask.Regression, "")]
    public void Infer_SampleFile_FindsTaskAndClasses(string file, LearningTask task, string classes)
    {
        TargetEncoding target = TargetEncoding.Infer(SampleFiles.Read(file));

        Assert.Equal(task, target.Task);
        Assert.Equal(classes, string.Join(' ', target.Classes));
    }

    private static string Runs(Table table)
    {
        List<(ColumnType Type, int Count)> runs = [];
        foreach (Column column in table.Columns)
        {
            if (runs.Count > 0 && runs[^1].Type == column.Type)
            {
                runs[^1] = (column.Type, runs[^1].Count + 1);
            }
            else
            {
                runs.Add((column.Type, 1));
            }
        }

        return string.Join(' ', runs.Select(run => run.Count == 1 ? $"{run.Type}" : $"{run.Type}*{run.Count}"));
    }
}
