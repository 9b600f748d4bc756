using System.Text.Json;
using Trainyard.Benchmarks.Boosting;
using Trainyard.Benchmarks.Processes;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;

namespace Trainyard.Benchmarks.Learning;

/// <summary>Fits one learner in a process of its own.</summary>
internal static class LearnerWorker
{
    private const double HeldOut = 0.1;
    private const int NeighborRows = 1000;

    /// <summary>The learners that the peer has too.</summary>
    public static IReadOnlyList<string> Learners { get; } =
    [
        "logistic_regression", "random_forest", "extra_trees", "isolation_forest", "kmeans", "mini_batch_kmeans", "pca_anomaly", "nearest_neighbors",
        "naive_bayes",
    ];

    public static int Run(string name, string path, int threads)
    {
        int rows = BoostingRows.Count(path);
        int training = (int)(rows * (1 - HeldOut));
        ILearner learner = LearnerCatalog.Get(name);
        FitOptions options = new(1) { MaxDegreeOfParallelism = threads };
        TrainingSet set = Set(path, 0, training, learner);

        // An isolation forest hardly looks at the rows before it scores them, so that counts as well.
        LearnerSettings settings = name == "isolation_forest" ? new([new("contamination", 0.1)]) : LearnerSettings.Defaults;
        IModel? model = null;
        void Fit() => model = learner.Fit(set, settings, options, default);
        double first = Stages.Time(Fit);
        double seconds = Stages.TimeCompiled(Fit, first);
        Console.WriteLine(JsonSerializer.Serialize(new LearnerRun(first, seconds, Worth(name, model!, set, Set(path, training, rows - training, learner)))));
        return 0;
    }

    private static TrainingSet Set(string path, int first, int rows, ILearner learner) => BoostingRows.Read(path, first, rows) with { Task = learner.Tasks[0] };

    private static double Worth(string learner, IModel model, TrainingSet set, TrainingSet held)
    {
        if (learner == "logistic_regression")
        {
            return Mean(model, set, set.Labels.Length, (output, label) => -Math.Log(output[label]));
        }

        if (model is IClusterModel clusters)
        {
            return Inertia(clusters, set);
        }

        if (learner is "isolation_forest" or "pca_anomaly")
        {
            return 0;
        }

        int rows = learner == "nearest_neighbors" ? NeighborRows : held.Labels.Length;
        return Mean(model, held, rows, (output, label) => Evaluator.MostProbable(output) == label ? 1 : 0);
    }

    private static double Mean(IModel model, TrainingSet set, int rows, Func<double[], int, double> score)
    {
        double[] row = new double[model.FeatureCount];
        double[] output = new double[model.OutputCount];
        double sum = 0;
        for (int index = 0; index < rows; index++)
        {
            set.Features.CopyRow(index, row);
            model.Predict(row, output);
            sum += score(output, (int)set.Labels[index]);
        }

        return sum / rows;
    }

    private static double Inertia(IClusterModel model, TrainingSet set)
    {
        double[] row = new double[model.FeatureCount];
        double sum = 0;
        for (int index = 0; index < set.Features.RowCount; index++)
        {
            set.Features.CopyRow(index, row);
            sum += model.SquaredDistance(row);
        }

        return sum;
    }
}
