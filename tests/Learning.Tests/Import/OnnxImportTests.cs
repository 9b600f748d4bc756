using Trainyard.Learning.Data;
using Trainyard.Learning.Import;
using Trainyard.Learning.Models;
using Trainyard.Learning.Onnx;
using Trainyard.Learning.Tests.Models;
using Trainyard.Learning.Tests.Onnx;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Import;

public class OnnxImportTests(OnnxRuntime runtime) : IClassFixture<OnnxRuntime>
{
    private static readonly Case[] Witness = WitnessFile.Read<Case[]>("onnx_trees.json");

    public static TheoryData<string> Names { get; } = [.. Witness.Select(each => each.Name)];

    public static TheoryData<string> Runnable { get; } = [.. Witness.Where(each => each.Runs).Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfATree_PredictsAsScikitLearn(string name)
    {
        Case each = Of(name);
        TabularModel model = OnnxImport.Read(each.Bytes);
        Assert.Equal(each.IsClasses ? LearningTask.Classification : LearningTask.Regression, model.Task);
        Assert.Equal("by hand 1", model.Lineage.LibraryVersion);
        Same(each.Predictions, model.Predict(each.Table()), 1e-5);
    }

    [RequiresOnnxRuntimeTheory]
    [MemberData(nameof(Runnable))]
    public void Read_OfATree_PredictsAsOnnxRuntime(string name)
    {
        Case each = Of(name);
        double[] theirs = [.. runtime.Predict(each.Bytes, "X", each.Rows, each.Width)[each.IsClasses ? "probabilities" : "variable"]!.AsArray().Select(value => value!.GetValue<double>())];
        Same(theirs, OnnxImport.Read(each.Bytes).Predict(each.Table()), 1e-5);
    }

    [Fact]
    public void Read_WithMissingValues_FollowsTheOperator()
    {
        // Without marks, NaN compares as false: to the right of "at most", and of "greater than" as well.
        Case atMost = Of("regression tree BRANCH_LEQ");
        Case greater = Of("regression tree BRANCH_GT");
        Table missing = new([.. Enumerable.Range(0, 10).Select(column => new NumberColumn($"x{column}", [double.NaN]))]);
        double high = OnnxImport.Read(atMost.Bytes).Predict(missing)[0];
        double low = OnnxImport.Read(greater.Bytes).Predict(missing)[0];
        Assert.NotEqual(high, low);
    }

    [RequiresOnnxRuntimeTheory]
    [InlineData("regression tree BRANCH_LEQ")]
    [InlineData("regression tree BRANCH_LT")]
    [InlineData("regression tree BRANCH_GT")]
    [InlineData("regression tree BRANCH_GTE")]
    public void Read_WithSomeValuesMissing_PredictsAsOnnxRuntime(string name)
    {
        Case each = Of(name);
        Case holes = each with { Rows = [.. each.Rows.Select((value, index) => index % 3 == 0 ? double.NaN : value)] };
        double[] theirs = [.. runtime.Predict(holes.Bytes, "X", holes.Rows, holes.Width)["variable"]!.AsArray().Select(value => value!.GetValue<double>())];
        Same(theirs, OnnxImport.Read(holes.Bytes).Predict(holes.Table()), 1e-4);
    }

    [Fact]
    public void Read_OfOtherOperators_NamesThem()
    {
        LearningException failure = Assert.Throws<LearningException>(() => OnnxImport.Read(OnnxExport.ToBytes(SampleTables.Fit("iris", "logistic_regression"))));
        Assert.Equal("model_import_unsupported", failure.Code);
        Assert.Contains("operator 'IsNaN'", failure.Message);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 })]
    public void Read_OfWhatIsNoFile_SaysSo(byte[] file) =>
        Assert.Equal("model_import_invalid", Assert.Throws<LearningException>(() => OnnxImport.Read(file)).Code);

    [Fact]
    public void Read_PastTheLimit_IsRefused() =>
        Assert.Equal("model_file_too_large", Assert.Throws<LearningException>(() => OnnxImport.Read(new byte[11], new ImportOptions { MaximumBytes = 10 })).Code);

    private static void Same(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected, (value, index) => Assert.Equal(value, actual[index], tolerance * Math.Max(1, Math.Abs(value))));
    }

    private static Case Of(string name) => Witness.Single(each => each.Name == name);

    public sealed record Case(string Name, string Model, int Width, double[] Rows, double[] Predictions, bool IsClasses, bool Runs)
    {
        public byte[] Bytes => Convert.FromBase64String(Model);

        public Table Table() => new([.. Enumerable.Range(0, Width).Select(column => new NumberColumn($"x{column}", [.. Rows.Where((_, index) => index % Width == column)]))]);
    }
}
