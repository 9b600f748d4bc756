using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Dense;

/// <summary>What learners that calculate with every value ask of features.</summary>
internal static class FiniteFeatures
{
    /// <summary>Refuses category indices and values that are missing or infinite.</summary>
    /// <exception cref="LearningException"><c>feature_kind_unsupported</c> or <c>feature_not_finite</c>.</exception>
    public static void Check(FeatureMatrix matrix) => Check(matrix, double.IsFinite, "a missing or infinite value; this learner needs imputed, finite numbers");

    /// <summary>Refuses category indices and infinite values; missing ones may stay.</summary>
    /// <exception cref="LearningException"><c>feature_kind_unsupported</c> or <c>feature_not_finite</c>.</exception>
    public static void CheckPresent(FeatureMatrix matrix) => Check(matrix, value => !double.IsInfinity(value), "an infinite value; this learner needs finite numbers");

    private static void Check(FeatureMatrix matrix, Predicate<double> allowed, string fault)
    {
        for (int feature = 0; feature < matrix.FeatureCount; feature++)
        {
            FeatureInfo info = matrix.Features[feature];
            if (info.Kind == FeatureKind.Category)
            {
                throw new LearningException("feature_kind_unsupported", $"Feature '{info.Name}' holds category indices; this learner needs one-hot features.", info.Source);
            }

            foreach (double value in matrix.Column(feature))
            {
                if (!allowed(value))
                {
                    throw new LearningException("feature_not_finite", $"Feature '{info.Name}' has {fault}.", info.Source);
                }
            }
        }
    }
}
