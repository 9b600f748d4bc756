namespace Trainyard.Learning.Features;

/// <summary>How a learner may read a feature's numbers.</summary>
public enum FeatureKind
{
    /// <summary>An ordered real number.</summary>
    Number,

    /// <summary>The index of a category, 0 to <see cref="FeatureInfo.Cardinality"/> - 1, without order.</summary>
    Category,
}
