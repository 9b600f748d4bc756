using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Which way predictions may move with each feature.</summary>
internal static class MonotoneConstraints
{
    /// <summary>A direction per feature, or null when there is no constraint.</summary>
    /// <exception cref="LearningException"><c>monotone_invalid</c>: the feature is unknown or has no order, the direction is none, or there are more than two classes.</exception>
    public static int[]? Of(TrainingSet set)
    {
        if (set.Monotone is not { Count: > 0 } constraints)
        {
            return null;
        }

        if (set.ClassCount > 2)
        {
            throw new LearningException("monotone_invalid", "Monotone constraints are for numbers and two classes: probabilities of more classes cannot all follow one feature.", "monotone");
        }

        int[] directions = new int[set.Features.FeatureCount];
        foreach ((string name, int direction) in constraints)
        {
            int[] named = [.. Enumerable.Range(0, directions.Length).Where(index => IsNamed(set.Features.Features[index], name))];
            Check(set, name, direction, named);
            Array.ForEach(named, feature => directions[feature] = direction);
        }

        return directions;
    }

    private static void Check(TrainingSet set, string name, int direction, int[] named)
    {
        if (named.Length == 0)
        {
            throw new LearningException("monotone_invalid", $"There is no feature '{name}' to constrain.", name);
        }

        if (direction is < -1 or > 1)
        {
            throw new LearningException("monotone_invalid", $"The constraint on '{name}' is {direction}; it must be -1, 0 or 1.", name);
        }

        if (Array.Exists(named, feature => set.Features.Features[feature].Kind == FeatureKind.Category))
        {
            throw new LearningException("monotone_invalid", $"Feature '{name}' holds categories, which have no order to follow.", name);
        }
    }

    private static bool IsNamed(FeatureInfo feature, string name) => feature.Name == name || feature.Source == name;
}
