using Trainyard.Learning.Data;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Text;

namespace Trainyard.Learning.Tests.Text;

/// <summary>Against scikit-learn's TfidfVectorizer, CountVectorizer, LogisticRegression and MultinomialNB; see Witness/text_classification.py.</summary>
public class TextWitnessTests(Xunit.Abstractions.ITestOutputHelper output)
{
    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, Verses.Read.Cases.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Transform_OfAText_GivesTheTermsAndWeightsOfTheWitness(int index)
    {
        Verses.Case witness = Verses.Read.Cases[index];
        TextWeighing weighing = witness.Method == TextNaiveBayes.MethodName ? TextWeighing.Counts : TextWeighing.TfIdf;
        string[] known = [.. Enumerable.Range(0, Verses.Known.RowCount).Select(row => Verses.Known["text"].TextAt(row)!)];
        TextVectorizer vectorizer = TextVectorizer.Fit(known, VectorizerSettings.From(new LearnerSettings(witness.Settings)), weighing, default);

        SparseRow row = vectorizer.Transform(Verses.HeldTexts[0]);

        Assert.Equal(witness.Terms, vectorizer.TermCount);
        Assert.Equal(witness.Row.Keys.Order(StringComparer.Ordinal), row.Columns.Select(column => vectorizer.Terms[column]));
        Assert.All(row.Columns.Zip(row.Values), entry => Assert.Equal(witness.Row[vectorizer.Terms[entry.First]], entry.Second, 1e-12));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predict_OfHeldOutTexts_GivesTheProbabilitiesAndAccuracyOfTheWitness(int index)
    {
        Verses.Case witness = Verses.Read.Cases[index];
        TextClassifier classifier = Verses.Fit(witness.Method, [.. witness.Settings.Select(each => (each.Key, each.Value))]);

        double[] probabilities = classifier.Predict(Verses.HeldTexts[..20]);

        double tolerance = witness.Method == TextNaiveBayes.MethodName ? 1e-9 : 1e-5;
        Assert.All(witness.Probabilities, (expected, at) => Assert.Equal(expected, probabilities[at], tolerance));
        Assert.Equal(witness.Accuracy, classifier.Evaluate(Verses.Held).Value("accuracy"), 1e-12);
    }

    [Fact]
    public void Predict_OfTwoClasses_GivesTheProbabilitiesOfTheWitness()
    {
        Table two = Verses.Rows(row => row % 5 != 0 && Verses.Read.Labels[row] is "Genesis" or "Matthew" && row % 5 != 0);
        double[] probabilities = Verses.Fit("text_logistic_regression", two, []).Predict(Verses.HeldTexts[..20]);
        Assert.All(Verses.Read.Binary, (expected, at) => Assert.Equal(expected, probabilities[at], 1e-5));
    }

    [Fact]
    public void Evaluate_OfTheEmbedding_IsNearTheLinearModels()
    {
        double accuracy = Verses.Fit("text_embedding").Evaluate(Verses.Held).Value("accuracy");
        output.WriteLine($"accuracy {accuracy:F4}");
        Assert.True(accuracy >= Verses.Read.Cases[0].Accuracy - 0.03, $"accuracy {accuracy}");
    }

    [Fact]
    public void Evaluate_OfHashedTerms_IsNearThatOfTheVocabulary()
    {
        double accuracy = Verses.Fit("text_logistic_regression", ("hash_bits", 14)).Evaluate(Verses.Held).Value("accuracy");
        output.WriteLine($"accuracy {accuracy:F4}");
        Assert.True(accuracy >= Verses.Read.Cases[0].Accuracy - 0.03, $"accuracy {accuracy}");
    }
}
