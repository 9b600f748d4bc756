using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Learners.Linear;

namespace Trainyard.Learning.Text;

/// <summary>Logistic regression on TF-IDF weights of terms; softmax for more than two classes. Fitted by L-BFGS.</summary>
/// <remarks>Minimises Σ ln(1 / p(yᵢ | xᵢ)) + l2/2 Σ β², as scikit-learn's LogisticRegression on a TfidfVectorizer with C = 1 / l2.</remarks>
public sealed class TextLogisticRegression : ITextMethod
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "text_logistic_regression";

    /// <summary>Weights to find at most: L-BFGS keeps twenty vectors of them, 800 MB.</summary>
    public const int MaximumWeights = 5_000_000;

    /// <summary>Largest partial derivative of the mean loss at which the search ends.</summary>
    private const double Tolerance = 1e-7;

    private static readonly HyperParameter L2 = new("l2", 1, 1e-9, 1e9, "Strength of the penalty on squared weights (default: scikit-learn's 1 / C).") { IsLogarithmic = true };
    private static readonly HyperParameter Iterations = new("max_iterations", 1000, 1, 100_000, "Iterations at most.") { IsInteger = true };

    /// <inheritdoc/>
    public string Name => MethodName;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } = [.. VectorizerSettings.Terms, VectorizerSettings.HashBitsParameter, VectorizerSettings.SublinearParameter, L2, Iterations];

    /// <inheritdoc/>
    public ITextModel Fit(IReadOnlyList<string> texts, double[] labels, int classCount, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        settings.Validate(HyperParameters);
        TextVectorizer vectorizer = TextVectorizer.Fit(texts, VectorizerSettings.From(settings), TextWeighing.TfIdf, cancellationToken);
        int scores = classCount == 2 ? 1 : classCount;
        if ((long)scores * (vectorizer.TermCount + 1) > MaximumWeights)
        {
            throw new LearningException("too_many_features", $"{vectorizer.TermCount} terms and {classCount} classes make more than {MaximumWeights} weights. Lower 'max_terms' or 'hash_bits', or raise 'min_documents'.", VectorizerSettings.MaximumTermsParameter.Name);
        }

        SparseRow[] rows = new SparseRow[texts.Count];
        ParallelWork.For(rows.Length, options.MaxDegreeOfParallelism, cancellationToken, row => rows[row] = vectorizer.Transform(texts[row]));
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        SparseFeatures features = new(rows, vectorizer.TermCount, parallel);
        double[] weights = new double[labels.Length];
        Array.Fill(weights, 1);
        LogisticObjective objective = new(features, labels, weights, classCount, settings.Get(L2));
        int limit = (int)settings.Get(Iterations);
        Lbfgs solver = new(objective, new double[objective.Size]);
        double[] solution = solver.Minimize(Tolerance, limit, iteration =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            options.Progress?.Report(new FitProgress(iteration, limit, solver.Value, null));
        });
        int stride = vectorizer.TermCount + 1;
        double[] slopes = [.. Enumerable.Range(0, scores).SelectMany(score => solution[(score * stride)..((score * stride) + stride - 1)])];
        double[] intercepts = [.. Enumerable.Range(0, scores).Select(score => solution[(score * stride) + stride - 1])];
        return new LinearTextModel(Name, vectorizer, slopes, intercepts);
    }
}
