using System.Text.Json;
using Trainyard.Learning.Data;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Tests.ModelFile;

public class EarlierVersionTests
{
    private static readonly Dictionary<string, double[]> Predictions =
        JsonSerializer.Deserialize<Dictionary<string, double[]>>(EarlierFiles.Read("v1-predictions.json"))!;

    public static TheoryData<string> Learners { get; } = [.. Predictions.Keys];

    [Theory]
    [MemberData(nameof(Learners))]
    public void Read_OfAFileOfVersion1_PredictsAsThen(string learner)
    {
        using FileStream rows = File.OpenRead(EarlierFiles.PathOf("rows.csv"));
        TabularModel model = TabularModelFile.Read(EarlierFiles.Read($"v1-{learner}.tym"));
        Assert.Equal(learner, model.Lineage.Learner);
        Assert.Equal(Predictions[learner], model.Predict(CsvSource.Read(rows)), (expected, actual) => Math.Abs(expected - actual) < 1e-12);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void ToBytes_OfAModelOfVersion1_ReadsAgain(string learner)
    {
        TabularModel model = TabularModelFile.Read(EarlierFiles.Read($"v1-{learner}.tym"));
        byte[] written = TabularModelFile.ToBytes(model);
        Assert.Equal(written, TabularModelFile.ToBytes(TabularModelFile.Read(written)));
    }
}
