using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Bayes;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Text;

/// <summary>Multinomial naive Bayes on counts of terms. The quickest; a fair first answer.</summary>
/// <remarks>
/// <see cref="MultinomialNaiveBayesLearner"/> for texts, whose counts are mostly 0: p(class | text) ∝ p(class) Π p(term | class)ⁿ.
/// </remarks>
public sealed class TextNaiveBayes : ITextMethod
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "text_naive_bayes";

    /// <inheritdoc/>
    public string Name => MethodName;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [.. VectorizerSettings.Terms, VectorizerSettings.HashBitsParameter, MultinomialNaiveBayesLearner.Alpha];

    /// <inheritdoc/>
    public ITextModel Fit(IReadOnlyList<string> texts, double[] labels, int classCount, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        settings.Validate(HyperParameters);
        TextVectorizer vectorizer = TextVectorizer.Fit(texts, VectorizerSettings.From(settings), TextWeighing.Counts, cancellationToken);
        int terms = vectorizer.TermCount;
        if ((long)terms * classCount > int.MaxValue / sizeof(double))
        {
            throw new LearningException("too_many_features", $"{terms} terms and {classCount} classes are too many weights. Lower 'max_terms' or 'hash_bits', or raise 'min_documents'.", VectorizerSettings.MaximumTermsParameter.Name);
        }

        double[] counts = new double[terms * classCount];
        double[] shares = new double[classCount];
        for (int row = 0; row < texts.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int label = (int)labels[row];
            shares[label]++;
            SparseRow text = vectorizer.Transform(texts[row]);
            for (int index = 0; index < text.Columns.Length; index++)
            {
                counts[(label * terms) + text.Columns[index]] += text.Values[index];
            }
        }

        options.Progress?.Report(new FitProgress(1, 1, null, null));
        double[] logShares = MultinomialNaiveBayesLearner.LogShares(counts, classCount, settings.Get(MultinomialNaiveBayesLearner.Alpha));
        return new LinearTextModel(Name, vectorizer, logShares, MultinomialNaiveBayesLearner.LogPriors(Array.ConvertAll(shares, share => share / texts.Count)));
    }
}
