using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Bayes;

/// <summary>ln p(c) - ½ Σ (ln 2πσ² + (x - μ)² / σ²) per class, made into probabilities. A missing value says nothing.</summary>
internal sealed class GaussianNaiveBayesModel : IModel
{
    /// <summary>Variances are at least this, so that their quotients stay finite.</summary>
    public const double LeastVariance = 1e-30;

    /// <summary>Farther from a mean than this makes no difference, so that sums over features stay finite.</summary>
    private const double LargestDistance = 1e300;

    private const int MaximumClasses = 100_000;

    private readonly double[] shares;
    private readonly double[] means;
    private readonly double[] variances;
    private readonly double[] logShares;
    private readonly double[] logVariances;

    /// <param name="learner">The learner's name.</param>
    /// <param name="shares">Prior probability of each class.</param>
    /// <param name="means">Row-major: one per feature for each class.</param>
    /// <param name="variances">Likewise, at least <see cref="LeastVariance"/>.</param>
    public GaussianNaiveBayesModel(string learner, double[] shares, double[] means, double[] variances)
    {
        Learner = learner;
        this.shares = shares;
        this.means = means;
        this.variances = variances;
        FeatureCount = means.Length / shares.Length;
        logShares = Array.ConvertAll(shares, Math.Log);
        logVariances = Array.ConvertAll(variances, variance => Math.Log(2 * Math.PI * variance));
    }

    public string Learner { get; }

    public int FeatureCount { get; }

    public int OutputCount => shares.Length;

    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        for (int label = 0; label < shares.Length; label++)
        {
            double sum = 0;
            int first = label * FeatureCount;
            for (int feature = 0; feature < FeatureCount; feature++)
            {
                double distance = row[feature] - means[first + feature];
                sum += double.IsNaN(distance) ? 0 : logVariances[first + feature] + Math.Min(distance * distance / variances[first + feature], LargestDistance);
            }

            output[label] = logShares[label] - (0.5 * sum);
        }

        Links.Softmax(output[..OutputCount]);
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(FeatureCount);
        writer.WriteDoubles(shares);
        writer.WriteDoubles(means);
        writer.WriteDoubles(variances);
    }

    public static GaussianNaiveBayesModel Read(string learner, SectionReader reader)
    {
        int featureCount = reader.ReadInt32("feature count", 0, int.MaxValue);
        double[] priors = reader.ReadDoubles();
        bool fits = priors.Length is > 0 and <= MaximumClasses && Array.TrueForAll(priors, share => share is >= 0 and <= 1) && Array.Exists(priors, share => share > 0);
        if (!fits || (long)featureCount * priors.Length > int.MaxValue)
        {
            throw reader.Invalid("the classes' shares must be probabilities");
        }

        double[] centers = reader.ReadFiniteDoubles("means", featureCount * priors.Length);
        double[] spreads = reader.ReadFiniteDoubles("variances", featureCount * priors.Length);
        return Array.TrueForAll(spreads, spread => spread >= LeastVariance)
            ? new GaussianNaiveBayesModel(learner, priors, centers, spreads)
            : throw reader.Invalid("a variance is not positive");
    }
}
