using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Networks;

namespace Trainyard.Learning.Text;

/// <summary>A small network: the mean of learned term vectors, then a softmax.</summary>
/// <remarks>Source: Joulin, Grave, Bojanowski and Mikolov, Bag of tricks for efficient text classification, 2016.</remarks>
public sealed class TextEmbedding : ITextMethod
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "text_embedding";

    /// <summary>Numbers to learn at most: 160 MB with Adam's means, and as much for derivatives.</summary>
    public const int MaximumParameters = 5_000_000;

    private static readonly HyperParameter Dimensions = new("dimensions", 16, 1, 512, "Values per term (default: enough for a handful of classes).") { IsInteger = true, IsLogarithmic = true };

    /// <inheritdoc/>
    public string Name => MethodName;

    /// <inheritdoc/>
    public IReadOnlyList<HyperParameter> HyperParameters { get; } =
    [
        .. VectorizerSettings.Terms,
        VectorizerSettings.HashBitsParameter,
        Dimensions,

        // Few rows touch each term, so steps are longer and batches smaller than those of dense networks.
        .. NetworkSettings.All.Select(each => each.Name switch
        {
            "learning_rate" => each with { Default = 0.01 },
            "batch_rows" => each with { Default = 32 },
            "epochs" => each with { Default = 30 },
            _ => each,
        }),
    ];

    /// <inheritdoc/>
    public ITextModel Fit(IReadOnlyList<string> texts, double[] labels, int classCount, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        settings.Validate(HyperParameters);
        TextVectorizer vectorizer = TextVectorizer.Fit(texts, VectorizerSettings.From(settings), TextWeighing.Counts, cancellationToken);
        int width = (int)settings.Get(Dimensions);
        if (((long)vectorizer.TermCount * width) + ((width + 1L) * classCount) > MaximumParameters)
        {
            throw new LearningException("too_many_features", $"{vectorizer.TermCount} terms of {width} values are more than {MaximumParameters} numbers to learn. Lower 'max_terms', 'hash_bits' or 'dimensions'.", Dimensions.Name);
        }

        double[][] rows = new double[texts.Count][];
        ParallelWork.For(rows.Length, options.MaxDegreeOfParallelism, cancellationToken, row => rows[row] = Tokens(vectorizer, texts[row]));
        NetworkShape shape = new(NetworkInput.Bag, vectorizer.TermCount, [width], Activation.Identity, classCount, NetworkHead.Softmax);
        LearnerSettings complete = new(HyperParameters.Select(parameter => KeyValuePair.Create(parameter.Name, settings.Get(parameter))));
        NetworkFitter fitter = new(shape.Build(), new Examples(rows, labels, null), null, NetworkSettings.From(complete), options);
        while (!fitter.IsDone)
        {
            fitter.RunEpoch(cancellationToken);
        }

        return new EmbeddingTextModel(vectorizer, shape, fitter.Result);
    }

    internal static double[] Tokens(TextVectorizer vectorizer, string text) => [.. vectorizer.Columns(text)];
}
