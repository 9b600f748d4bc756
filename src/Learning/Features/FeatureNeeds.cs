namespace Trainyard.Learning.Features;

/// <summary>How a learner wants columns turned into features.</summary>
/// <param name="OneHotCategories">True: a 0/1 feature per category. False: one feature of category indices.</param>
/// <param name="Standardize">True: numbers with mean 0 and standard deviation 1 over the fitted rows.</param>
/// <param name="ImputeMissing">True: missing numbers are filled. False: they stay <see cref="double.NaN"/>.</param>
public sealed record FeatureNeeds(bool OneHotCategories, bool Standardize, bool ImputeMissing)
{
    /// <summary>For trees: category indices, raw numbers, missing values kept.</summary>
    public static FeatureNeeds Native { get; } = new(false, false, false);

    /// <summary>For linear models: one-hot, standardised, imputed.</summary>
    public static FeatureNeeds Dense { get; } = new(true, true, true);
}
