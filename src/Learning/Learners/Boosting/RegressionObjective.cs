namespace Trainyard.Learning.Learners.Boosting;

/// <summary>What boosting minimises in regression; the numbers are those of the setting.</summary>
internal enum RegressionObjective
{
    /// <summary>½ (y - s)²: predicts the mean.</summary>
    Squared = 0,

    /// <summary>|y - s|: predicts the median.</summary>
    Absolute = 1,

    /// <summary>Squared near 0, linear beyond.</summary>
    Huber = 2,

    /// <summary>Predicts a quantile.</summary>
    Quantile = 3,

    /// <summary>For counts: predicts a mean above 0.</summary>
    Poisson = 4,
}
