using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Linear;

/// <summary>A weighted sum of the features per score, and what the scores mean. A missing value counts as 0, the mean of a standardised feature.</summary>
internal sealed class LinearModel : IModel
{
    private const int MaximumOutputs = 100_000;

    private readonly LinearLink link;
    private readonly double[] slopes;
    private readonly double[] intercepts;

    /// <param name="learner">The learner's name.</param>
    /// <param name="link">What the scores mean.</param>
    /// <param name="slopes">Row-major: the features' weights for each score.</param>
    /// <param name="intercepts">One per score.</param>
    /// <param name="featureCount">The number of features.</param>
    public LinearModel(string learner, LinearLink link, double[] slopes, double[] intercepts, int featureCount)
    {
        Learner = learner;
        this.link = link;
        this.slopes = slopes;
        this.intercepts = intercepts;
        FeatureCount = featureCount;
    }

    public string Learner { get; }

    public int FeatureCount { get; }

    public int OutputCount => link == LinearLink.Logistic ? 2 : intercepts.Length;

    internal LinearLink Link => link;

    internal ReadOnlySpan<double> Slopes => slopes;

    internal ReadOnlySpan<double> Intercepts => intercepts;

    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        for (int score = 0; score < intercepts.Length; score++)
        {
            output[score] = intercepts[score] + WeightedSum(slopes.AsSpan(score * FeatureCount, FeatureCount), row);
        }

        if (link == LinearLink.Logistic)
        {
            Links.Logistic(output[0], output);
        }
        else if (link == LinearLink.Softmax)
        {
            Links.Softmax(output[..OutputCount]);
        }
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(FeatureCount);
        writer.WriteInt32((int)link);
        writer.WriteDoubles(intercepts);
        writer.WriteDoubles(slopes);
    }

    public static LinearModel Read(string learner, SectionReader reader)
    {
        int featureCount = reader.ReadInt32("feature count", 0, int.MaxValue);
        LinearLink mapping = (LinearLink)reader.ReadInt32("link", (int)LinearLink.Identity, (int)LinearLink.Softmax);
        double[] constants = reader.ReadDoubles();
        bool fits = constants.Length is > 0 and <= MaximumOutputs && Array.TrueForAll(constants, double.IsFinite) && (mapping == LinearLink.Softmax || constants.Length == 1);
        if (!fits || (long)featureCount * constants.Length > int.MaxValue)
        {
            throw reader.Invalid("the intercepts must be a finite number per score");
        }

        double[] weights = reader.ReadFiniteDoubles("weights", featureCount * constants.Length);
        return new LinearModel(learner, mapping, weights, constants, featureCount);
    }

    private static double WeightedSum(ReadOnlySpan<double> weights, ReadOnlySpan<double> row)
    {
        double sum = 0;
        for (int feature = 0; feature < weights.Length; feature++)
        {
            double value = row[feature];
            sum += double.IsNaN(value) ? 0 : weights[feature] * value;
        }

        return sum;
    }
}
