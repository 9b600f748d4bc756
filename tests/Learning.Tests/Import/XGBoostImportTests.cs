using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Import;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Import;

public class XGBoostImportTests
{
    /// <summary>XGBoost computes in single precision.</summary>
    private const double Tolerance = 2e-5;

    private static readonly Case[] Witness = WitnessFile.Read<Case[]>("xgboost_models.json");

    public static TheoryData<string> Names { get; } = [.. Witness.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfASavedModel_PredictsAsXGBoost_OnThresholdsToo(string name)
    {
        Case each = Of(name);
        TabularModel model = XGBoostImport.Read(each.Bytes);
        double[] predictions = model.Predict(each.Table());

        // XGBoost gives out the second of two classes alone.
        double[] compared = name == "binary:logistic" ? [.. predictions.Where((_, index) => index % 2 == 1)] : predictions;
        Assert.Equal(each.Predictions.Length, compared.Length);
        Assert.All(each.Predictions, (expected, index) => Assert.Equal(expected, compared[index], Tolerance * Math.Max(1, Math.Abs(expected))));
        Assert.Equal("xgboost 1.7.4", model.Lineage.LibraryVersion);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Explain_OfASavedModel_AgreesWithXGBoostsContributions(string name)
    {
        Case each = Of(name);
        Contributions found = ContributionExplainer.Of(XGBoostImport.Read(each.Bytes)).Explain(each.Table());
        for (int index = 0; index < each.Contributions.Length; index++)
        {
            (int row, int score) = (index / found.ScoreCount, index % found.ScoreCount);
            double[] expected = each.Contributions[index];
            Assert.Equal(expected[^1], found.BaseOf(row, score), Tolerance);
            for (int column = 0; column < found.Columns.Count; column++)
            {
                Assert.Equal(expected[column], found.Of(row, score)[column], Tolerance);
            }
        }

        Assert.Equal(name == "dart" ? 0 : each.Rows.Length * found.ScoreCount, each.Contributions.Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_ThenWrittenAsAModelFile_PredictsTheSameBits(string name)
    {
        Case each = Of(name);
        TabularModel model = XGBoostImport.Read(each.Bytes);
        Assert.Equal(model.Predict(each.Table()), TabularModelFile.Read(TabularModelFile.ToBytes(model)).Predict(each.Table()));
    }

    [Fact]
    public void Read_WithNames_TakesThem()
    {
        ImportOptions options = new() { Columns = ["a", "b", "c", "d"], Target = "hit", Classes = ["no", "yes"] };
        TabularModel model = XGBoostImport.Read(Of("binary:logistic").Bytes, options);
        Assert.Equal(["a", "b", "c", "d"], model.Inputs.Columns.Select(column => column.Name));
        Assert.Equal(["no", "yes"], model.Classes);
        Assert.Equal("hit", model.Target.Column);
        Assert.Equal("option_out_of_range", CodeOf(Of("binary:logistic").Model, options with { Columns = ["a"] }));
        Assert.Equal("option_out_of_range", CodeOf(Of("binary:logistic").Model, options with { Classes = ["a", "b", "c"] }));
    }

    [Theory]
    [InlineData("reg:squarederror", "rank:pairwise", "model_import_unsupported")]
    [InlineData("\"split_type\":[0", "\"split_type\":[1", "model_import_unsupported")]
    [InlineData("\"num_target\":\"1\"", "\"num_target\":\"2\"", "model_import_unsupported")]
    [InlineData("\"num_feature\":\"4\",\"num_target\"", "\"num_feature\":\"1\",\"num_target\"", "model_import_invalid")]
    [InlineData("\"base_score\":\"7E-1\"", "\"base_score\":\"x\"", "model_import_unsupported")]
    [InlineData("{\"learner\"", "{\"lerner\"", "model_import_invalid")]
    public void Read_OfWhatItCannotUse_SaysWhy(string from, string to, string code)
    {
        string model = Of("reg:squarederror").Model;
        Assert.Contains(from, model);
        Assert.Equal(code, CodeOf(model.Replace(from, to), null));
    }

    [Fact]
    public void Read_OfABaseScoreInBrackets_IsTheSame()
    {
        // As version 3 writes it.
        Case each = Of("binary:logistic");
        byte[] newer = Encoding.UTF8.GetBytes(each.Model.Replace("\"base_score\":\"7E-1\"", "\"base_score\":\"[7E-1]\""));
        Assert.NotEqual(each.Bytes, newer);
        Assert.Equal(XGBoostImport.Read(each.Bytes).Predict(each.Table()), XGBoostImport.Read(newer).Predict(each.Table()));
    }

    private static string CodeOf(string model, ImportOptions? options) =>
        Assert.Throws<LearningException>(() => XGBoostImport.Read(Encoding.UTF8.GetBytes(model), options)).Code;

    private static Case Of(string name) => Witness.Single(each => each.Name == name);

    public sealed record Case(string Name, string Model, double?[][] Rows, double[] Predictions, double[][] Contributions)
    {
        public byte[] Bytes => Encoding.UTF8.GetBytes(Model);

        public Table Table() => new([.. Enumerable.Range(0, 4).Select(column => new NumberColumn($"x{column}", [.. Rows.Select(row => row[column] ?? double.NaN)]))]);
    }
}
