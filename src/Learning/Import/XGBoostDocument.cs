using System.Text.Json;

namespace Trainyard.Learning.Import;

/// <summary>The part of XGBoost's JSON model that predicting needs. Names are the file's.</summary>
internal sealed record XGBoostDocument(XGBoostDocument.LearnerPart Learner, IReadOnlyList<int>? Version = null)
{
    internal sealed record LearnerPart(Booster GradientBooster, Parameters LearnerModelParam, NamePart Objective, IReadOnlyList<string>? FeatureNames = null);

    internal sealed record NamePart(string Name);

    /// <summary>A list of trees; of dart, it is below another name, with a weight for each.</summary>
    internal sealed record Booster(string Name, Forest? Model = null, Inner? Gbtree = null, IReadOnlyList<double>? WeightDrop = null);

    internal sealed record Inner(Forest Model);

    internal sealed record Forest(IReadOnlyList<Tree> Trees, IReadOnlyList<int> TreeInfo);

    /// <summary>Numbers are written as texts; from version 3 on the base score is a list in a text.</summary>
    internal sealed record Parameters(string BaseScore, string NumClass, string NumFeature, string? NumTarget = null);

    internal sealed record Tree(
        int[] LeftChildren,
        int[] RightChildren,
        int[] SplitIndices,
        float[] SplitConditions,
        JsonElement[] DefaultLeft,
        float[]? SumHessian = null,
        float[]? LossChanges = null,
        int[]? SplitType = null);
}
