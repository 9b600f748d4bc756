using System.Security.Cryptography;
using Trainyard.Learning.Data;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.ModelFile;

public class TabularModelFileTests
{
    public static TheoryData<string> Classifiers { get; } = [.. LearnerCatalog.For(LearningTask.Classification).Select(learner => learner.Name)];

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Read_OfWhatWasWritten_IsAnEqualModel(string learner)
    {
        Table table = SampleTables.Mixed();
        TabularModel fitted = SampleTables.Fit(table, learner);
        TabularModel model = fitted.With(fitted.Lineage with { Dataset = "shop", DatasetSha256 = new string('a', 64), Evaluation = fitted.Evaluate(table) });
        byte[] file = TabularModelFile.ToBytes(model);
        TabularModel back = TabularModelFile.Read(file);
        Assert.Equal(model.Predict(table), back.Predict(table));
        Assert.Equal(model.Classes, back.Classes);
        Assert.Equal(model.Inputs, back.Inputs);
        Assert.Equal(model.Lineage.Evaluation!.Metrics, back.Lineage.Evaluation!.Metrics);
        Assert.Equal("shop", back.Lineage.Dataset);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(file)), Convert.ToHexString(SHA256.HashData(TabularModelFile.ToBytes(back))));
    }

    [Fact]
    public void ToBytes_OfTheSameFit_IsTheSameFile() =>
        Assert.Equal(TabularModelFile.ToBytes(SampleTables.Fit("iris", "random_forest", ("trees", 5))), TabularModelFile.ToBytes(SampleTables.Fit("iris", "random_forest", ("trees", 5))));

    [Fact]
    public async Task ReadAsync_PastTheLimit_IsRefused()
    {
        using MemoryStream stream = new(TabularModelFile.ToBytes(SampleTables.Fit("iris", "decision_tree")));
        LearningException failure = await Assert.ThrowsAsync<LearningException>(() => TabularModelFile.ReadAsync(stream, default, maximumBytes: 100));
        Assert.Equal("model_file_too_large", failure.Code);
    }

    [Fact]
    public async Task ReadAsync_OfWhatWriteAsyncWrote_IsAnEqualModel()
    {
        TabularModel model = SampleTables.Fit("iris", "decision_tree");
        using MemoryStream stream = new();
        await TabularModelFile.WriteAsync(model, stream, default);
        stream.Position = 0;
        TabularModel back = await TabularModelFile.ReadAsync(stream, default);
        Assert.Equal(TabularModelFile.ToBytes(model), TabularModelFile.ToBytes(back));
    }

    [Theory]
    [InlineData(new byte[0], "model_file_not_recognised")]
    [InlineData(new byte[] { 1, 2, 3 }, "model_file_not_recognised")]
    [InlineData(new byte[] { 0x8A, 0x54, 0x59, 0x4D, 0x0D, 0x0A, 0x1A, 0x0A }, "model_file_truncated")]
    [InlineData(new byte[] { 0x8A, 0x54, 0x59, 0x4D, 0x0D, 0x0A, 0x1A, 0x0A, 9, 0, 0, 0, 0, 0, 0, 0 }, "model_file_version_unsupported")]
    [InlineData(new byte[] { 0x8A, 0x54, 0x59, 0x4D, 0x0D, 0x0A, 0x1A, 0x0A, 1, 0, 0, 0, 0, 0, 0, 0 }, "model_file_section_missing")]
    [InlineData(new byte[] { 0x8A, 0x54, 0x59, 0x4D, 0x0D, 0x0A, 0x1A, 0x0A, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F }, "model_file_invalid")]
    public void Read_OfWhatIsNoModelFile_SaysWhatIsWrong(byte[] file, string code) =>
        Assert.Equal(code, Assert.Throws<LearningException>(() => TabularModelFile.Read(file)).Code);

    [Fact]
    public void Read_OfADamagedSection_NamesIt()
    {
        byte[] file = TabularModelFile.ToBytes(SampleTables.Fit("iris", "decision_tree"));
        file[^1] ^= 1;
        LearningException failure = Assert.Throws<LearningException>(() => TabularModelFile.Read(file));
        Assert.Equal(("model_file_checksum_wrong", "model"), (failure.Code, failure.Field));
    }
}
