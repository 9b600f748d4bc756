using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Learners.Linear;

namespace Trainyard.Learning.Ensembles;

/// <summary>Fits the model over predictions: logistic regression for classes, ridge regression for numbers.</summary>
internal static class Stacker
{
    /// <param name="predictions">Per member, row-major, its predictions of rows that it had not seen.</param>
    /// <param name="labels">One per row: the class index, or the value.</param>
    /// <param name="classCount">Classes; 0 for regression.</param>
    /// <param name="settings">Penalty, and whether classes are to count the same.</param>
    /// <param name="options">Threads.</param>
    /// <param name="cancellationToken">Observed once per iteration.</param>
    public static StackedOutputs Fit(IReadOnlyList<double[]> predictions, double[] labels, int classCount, StackingSettings settings, FitOptions options, CancellationToken cancellationToken)
    {
        bool isClasses = classCount > 0;
        TrainingSet set = new(Features(predictions, labels.Length, Math.Max(classCount, 1)), labels, isClasses ? LearningTask.Classification : LearningTask.Regression, classCount)
        {
            IsOnOneScale = true,
            Weights = isClasses && settings.BalanceClasses ? ClassWeights.Balanced(labels, classCount) : null,
        };
        ILearner learner = isClasses ? LearnerCatalog.Get(LogisticRegressionLearner.LearnerName) : ElasticNetLearner.Ridge;
        LearnerSettings chosen = new([new(isClasses ? "l2" : "alpha", settings.Penalty)]);
        return new StackedOutputs((LinearModel)learner.Fit(set, chosen, options, cancellationToken), predictions.Count);
    }

    private static FeatureMatrix Features(IReadOnlyList<double[]> predictions, int rowCount, int width)
    {
        List<FeatureInfo> features = [];
        List<double[]> columns = [];
        for (int member = 0; member < predictions.Count; member++)
        {
            for (int output = StackedOutputs.FirstOutput(width); output < width; output++)
            {
                string name = $"member {member} output {output}";
                features.Add(new FeatureInfo(name, name, FeatureKind.Number));
                double[] column = new double[rowCount];
                for (int row = 0; row < rowCount; row++)
                {
                    column[row] = predictions[member][(row * width) + output];
                }

                columns.Add(column);
            }
        }

        return new FeatureMatrix(features, [.. columns], rowCount);
    }
}
