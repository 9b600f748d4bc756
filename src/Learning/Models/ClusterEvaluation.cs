using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Models;

/// <summary>What clusters are worth on rows.</summary>
internal static class ClusterEvaluation
{
    public static Evaluation Of(IModel model, FeatureMatrix matrix, double[] outputs)
    {
        double[] values = new double[checked(matrix.RowCount * matrix.FeatureCount)];
        double inertia = 0;
        for (int row = 0; row < matrix.RowCount; row++)
        {
            Span<double> own = values.AsSpan(row * matrix.FeatureCount, matrix.FeatureCount);
            matrix.CopyRow(row, own);
            inertia += model is IClusterModel clusters ? clusters.SquaredDistance(own) : 0;
        }

        return Evaluator.Clusters(values, matrix.FeatureCount, outputs, model.OutputCount, model is IClusterModel ? inertia : null);
    }
}
