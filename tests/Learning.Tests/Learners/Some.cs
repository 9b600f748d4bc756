using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Tests.Learners;

/// <summary>Small training sets made by hand.</summary>
internal static class Some
{
    public static FeatureMatrix Numbers(params double[][] columns) =>
        new([.. columns.Select((_, index) => new FeatureInfo($"x{index}", $"x{index}", FeatureKind.Number))], columns, columns[0].Length);

    public static FeatureMatrix Category(int cardinality, double[] values) =>
        new([new FeatureInfo("c", "c", FeatureKind.Category, cardinality)], [values], values.Length);

    public static TrainingSet Regression(FeatureMatrix features, params double[] labels) => new(features, labels, LearningTask.Regression, 0);

    public static TrainingSet Classes(FeatureMatrix features, int classCount, params double[] labels) => new(features, labels, LearningTask.Classification, classCount);

    public static LearnerSettings Settings(params (string Name, double Value)[] values) =>
        new(values.Select(each => KeyValuePair.Create(each.Name, each.Value)));

    public static IModel Fit(string learner, TrainingSet set, params (string Name, double Value)[] settings) =>
        LearnerCatalog.Get(learner).Fit(set, Settings(settings), new FitOptions(1), default);

    public static double[] Predict(this IModel model, params double[] row)
    {
        double[] output = new double[model.OutputCount];
        model.Predict(row, output);
        return output;
    }
}
