using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Dense;

/// <summary>What learners that calculate with every value ask of features.</summary>
internal static class FiniteFeatures
{
    /// <summary>Refuses category indices and values that are missing or infinite.</summary>
    /// <exception cref="LearningException"><c>feature_kind_unsupported</c> or <c>feature_not_finite</c>.</exception>
    public static void Check(FeatureMatrix matrix, CancellationToken cancellationToken) =>
        Check(matrix, mayMiss: false, "a missing or infinite value; this learner needs imputed, finite numbers", cancellationToken);

    /// <summary>Refuses category indices and infinite values; missing ones may stay.</summary>
    /// <exception cref="LearningException"><c>feature_kind_unsupported</c> or <c>feature_not_finite</c>.</exception>
    public static void CheckPresent(FeatureMatrix matrix, CancellationToken cancellationToken) =>
        Check(matrix, mayMiss: true, "an infinite value; this learner needs finite numbers", cancellationToken);

    /// <summary>The error for a feature whose values are finite and whose variance is not.</summary>
    public static LearningException TooWide(FeatureInfo info) =>
        new("feature_not_finite", $"Feature '{info.Name}' varies so much that its variance is no number; scale it down.", info.Source);

    private static void Check(FeatureMatrix matrix, bool mayMiss, string fault, CancellationToken cancellationToken)
    {
        for (int feature = 0; feature < matrix.FeatureCount; feature++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FeatureInfo info = matrix.Features[feature];
            if (info.Kind == FeatureKind.Category)
            {
                throw new LearningException("feature_kind_unsupported", $"Feature '{info.Name}' holds category indices; this learner needs one-hot features.", info.Source);
            }

            if (!AreAllowed(matrix.Column(feature), mayMiss))
            {
                throw new LearningException("feature_not_finite", $"Feature '{info.Name}' has {fault}.", info.Source);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreAllowed(ReadOnlySpan<double> column, bool mayMiss)
    {
        ReadOnlySpan<Vector256<double>> fours = MemoryMarshal.Cast<double, Vector256<double>>(column);
        Vector256<double> infinity = Vector256.Create(double.PositiveInfinity);
        Vector256<double> missing = mayMiss ? Vector256<double>.Zero : Vector256<double>.AllBitsSet;
        Vector256<double> faults = Vector256<double>.Zero;
        foreach (Vector256<double> value in fours)
        {
            faults |= Vector256.Equals(Vector256.Abs(value), infinity) | (Vector256.IsNaN(value) & missing);
        }

        foreach (double value in column[(fours.Length * Vector256<double>.Count)..])
        {
            if (double.IsInfinity(value) || (!mayMiss && double.IsNaN(value)))
            {
                return false;
            }
        }

        return faults.ExtractMostSignificantBits() == 0;
    }
}
