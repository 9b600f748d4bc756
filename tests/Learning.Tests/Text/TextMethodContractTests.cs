using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Tests.Learners;
using Trainyard.Learning.Text;

namespace Trainyard.Learning.Tests.Text;

/// <summary>What holds for every method for texts.</summary>
public class TextMethodContractTests
{

    private static readonly string[] Odd = ["", " ", "?!", "a b c", "neverseen", "\uD800 lone \uDFFF", "grüße 日本 😀", new string('x', 100_000)];

    public static TheoryData<string> Methods { get; } = [.. TextCatalog.All.Select(method => method.Name)];

    public static TheoryData<string, int> MethodsAndHashing
    {
        get
        {
            TheoryData<string, int> pairs = [];
            foreach (ITextMethod method in TextCatalog.All)
            {
                pairs.Add(method.Name, 0);
                pairs.Add(method.Name, 9);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(MethodsAndHashing))]
    public void Predict_OfAnyText_GivesProbabilities(string method, int bits)
    {
        TextClassifier classifier = Verses.Fit(method, Quick(method, bits));
        double[] outputs = classifier.Predict([.. Odd, .. Verses.HeldTexts]);
        Assert.All(outputs.Chunk(classifier.Classes.Count), row => Assert.Equal(1, row.Sum(), 1e-12));
        Assert.All(outputs, value => Assert.InRange(value, 0, 1));
    }

    [Theory]
    [MemberData(nameof(MethodsAndHashing))]
    public void Read_OfWhatWasWritten_IsAnEqualClassifier(string method, int bits)
    {
        TextClassifier classifier = Verses.Fit(method, Quick(method, bits));
        byte[] file = TextClassifierFile.ToBytes(classifier);
        TextClassifier back = TextClassifierFile.Read(file);
        Assert.Equal(classifier.Predict([.. Odd, .. Verses.HeldTexts]), back.Predict([.. Odd, .. Verses.HeldTexts]));
        Assert.Equal(classifier.Classes, back.Classes);
        Assert.Equal(file, TextClassifierFile.ToBytes(back));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Read_AfterTrainingOnOddTexts_StillWorks(string method)
    {
        Table rows = Rows([.. Odd, "two words"], [.. Odd.Select((_, row) => $"{row % 2}"), "1"]);
        TextClassifier classifier = Fit(method, rows);
        Assert.Equal(classifier.Predict(Odd), TextClassifierFile.Read(TextClassifierFile.ToBytes(classifier)).Predict(Odd));
    }

    [Theory]
    [MemberData(nameof(MethodsAndHashing))]
    public void Fit_AtAnyThreadCount_WritesTheSameBytes(string method, int bits)
    {
        byte[][] files = [.. ((int[])[1, 2, 5]).Select(threads => TextClassifierFile.ToBytes(Verses.Fit(method, Verses.Known, Quick(method, bits), threads)))];
        Assert.Equal(files[0], files[1]);
        Assert.Equal(files[0], files[2]);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_OfTextsWithoutWords_SaysSo(string method) =>
        Assert.Equal("text_without_terms", Assert.Throws<LearningException>(() => Fit(method, Rows(["?", "! .", "a"], ["x", "y", "x"]))).Code);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_OfMissingTexts_CountsThemAsEmpty(string method)
    {
        TextClassifier classifier = Fit(method, Rows([null, "good day", "bad night", null], ["x", "x", "y", "x"]));
        Assert.True(classifier.Predict([""])[0] > 0.5);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_WithSettingOutOfRange_SaysWhatIsAllowed(string method)
    {
        foreach (HyperParameter parameter in TextCatalog.Get(method).HyperParameters)
        {
            Assert.All([parameter.Minimum - 1, (parameter.Maximum * 2) + 1, double.NaN], value =>
                Assert.Equal("setting_out_of_range", Assert.Throws<LearningException>(() => Verses.Fit(method, (parameter.Name, value))).Code));
        }

        Assert.Equal("setting_out_of_range", Assert.Throws<LearningException>(() => Verses.Fit(method, ("hash_bits", 7))).Code);
        Assert.Equal("setting_unknown", Assert.Throws<LearningException>(() => Verses.Fit(method, ("charm", 7))).Code);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fit_OnceCancelled_Stops(string method)
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        TextFit fit = new(Verses.Known, "text", TargetEncoding.Infer(Verses.Known, "book"), TextCatalog.Get(method));
        Assert.ThrowsAny<OperationCanceledException>(() => TextClassifier.Fit(fit, source.Token));
    }

    [Fact]
    public void Fit_OfANumberTarget_SaysSo()
    {
        TargetEncoding target = new("book", LearningTask.Regression, []);
        LearningException failure = Assert.Throws<LearningException>(() => TextClassifier.Fit(new TextFit(Verses.Known, "text", target, new TextNaiveBayes()), default));
        Assert.Equal(("task_unsupported", "book"), (failure.Code, failure.Field));
    }

    [Fact]
    public void Fit_OfAColumnThatIsNotThere_SaysSo()
    {
        TextFit fit = new(Verses.Known, "body", TargetEncoding.Infer(Verses.Known, "book"), new TextNaiveBayes());
        Assert.Equal("column_missing", Assert.Throws<LearningException>(() => TextClassifier.Fit(fit, default)).Code);
    }

    [Fact]
    public void Fit_OfMoreWeightsThanFit_SaysWhatToLower()
    {
        Table rows = Rows([.. Enumerable.Range(0, 100).Select(row => $"text {row}")], [.. Enumerable.Range(0, 100).Select(row => $"class {row}")]);
        LearningException failure = Assert.Throws<LearningException>(() => Fit("text_logistic_regression", rows, ("hash_bits", 20)));
        Assert.Equal(("too_many_features", "max_terms"), (failure.Code, failure.Field));
    }

    [Fact]
    public void Get_OfAnUnknownMethod_NamesTheKnownOnes() =>
        Assert.Contains("text_naive_bayes", Assert.Throws<LearningException>(() => TextCatalog.Get("oracle")).Message, StringComparison.Ordinal);

    private static TextClassifier Fit(string method, Table rows, params (string Name, double Value)[] settings)
    {
        string[] classes = [.. Enumerable.Range(0, rows.RowCount).Select(row => rows["label"].TextAt(row)!).Distinct().Order(StringComparer.Ordinal)];
        TargetEncoding target = new("label", LearningTask.Classification, classes);
        return TextClassifier.Fit(new TextFit(rows, "text", target, TextCatalog.Get(method)) { Settings = Some.Settings(settings) }, default);
    }

    private static Table Rows(string?[] texts, string[] labels) =>
        new([new TextColumn("text", ColumnType.Text, texts), new TextColumn("label", ColumnType.Category, labels)]);

    private static (string Name, double Value)[] Quick(string method, int bits) => method switch
    {
        "text_embedding" => [("hash_bits", bits), ("epochs", 2)],
        "text_logistic_regression" => [("hash_bits", bits), ("max_iterations", 5)],
        _ => [("hash_bits", bits)],
    };
}
