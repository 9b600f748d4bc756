using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Data;
using Trainyard.Learning.Tests.Fuzzing;
using Trainyard.Learning.Text;

namespace Trainyard.Learning.Tests.Text;

/// <summary>Damaged and hostile files of text classifiers, always the same ones, and streams that do not end.</summary>
public class TextClassifierFileTests
{
    private const ulong Seed = 12;
    private const int DamagedFiles = 500;
    private const int HostileFiles = 1500;

    public static TheoryData<string> Methods { get; } = [.. TextCatalog.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Read_OfADamagedFile_IsATypedErrorOrAnEqualClassifier(string method)
    {
        TextClassifier classifier = Fit(method);
        byte[] original = TextClassifierFile.ToBytes(classifier);
        double[] expected = classifier.Predict(Verses.HeldTexts[..3]);
        DeterministicRandom random = new(Seed);
        for (int mutation = 0; mutation < DamagedFiles; mutation++)
        {
            TextClassifier? read = Read(Mutations.OfFile(original, random), mutation);
            Assert.True(read is null || expected.SequenceEqual(read.Predict(Verses.HeldTexts[..3])), $"seed {Seed}, mutation {mutation}");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Read_OfAHostileSection_IsATypedErrorOrAWorkingClassifier(string method)
    {
        byte[] original = TextClassifierFile.ToBytes(Fit(method));
        DeterministicRandom random = new(Seed);
        int working = 0;
        for (int mutation = 0; mutation < HostileFiles; mutation++)
        {
            string section = random.NextInt(3) == 0 ? TextClassifierFile.ManifestSection : ModelFileFormat.ModelSection;
            if (Read(Mutations.OfSection(original, section, random), mutation) is { } read)
            {
                working++;
                Assert.True(read.Predict(Verses.HeldTexts[..3]).Length == 3 * read.Classes.Count, $"seed {Seed}, mutation {mutation}");
            }
        }

        // Else every file would fall to the first check, and the others would not be tried.
        Assert.InRange(working, 1, HostileFiles - 1);
    }

    [Fact]
    public async Task ReadAsync_OfAFileWithinTheLimit_IsAnEqualClassifier()
    {
        TextClassifier classifier = Fit("text_naive_bayes");
        using MemoryStream file = new();
        await TextClassifierFile.WriteAsync(classifier, file, default);
        file.Position = 0;
        TextClassifier read = await TextClassifierFile.ReadAsync(file, default, file.Length);
        Assert.Equal(classifier.Predict(Verses.HeldTexts[..3]), read.Predict(Verses.HeldTexts[..3]));
    }

    [Fact]
    public async Task ReadAsync_OfAnEndlessStream_IsRefusedAtTheLimit()
    {
        using EndlessStream endless = new([], 7, long.MaxValue);
        LearningException failure = await Assert.ThrowsAsync<LearningException>(() => TextClassifierFile.ReadAsync(endless, default, 1 << 20));
        Assert.Equal("model_file_too_large", failure.Code);
    }

    private static TextClassifier Fit(string method) => Verses.Fit(method, method switch
    {
        "text_embedding" => [("epochs", 2), ("max_terms", 50)],
        "text_logistic_regression" => [("max_iterations", 5), ("max_terms", 50)],
        _ => [("max_terms", 50)],
    });

    private static TextClassifier? Read(byte[] file, int mutation) =>
        BoundedRead.Try(() => TextClassifierFile.Read(file), BoundedRead.IsOfModelFile, $"seed {Seed}, mutation {mutation}");
}
