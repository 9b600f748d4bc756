using System.Diagnostics;
using System.Text.Json;
using Trainyard.Benchmarks.Boosting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;

namespace Trainyard.Benchmarks.Learning;

/// <summary>One fit in a process of its own.</summary>
internal static class LearnerWorker
{
    private const double HeldOut = 0.1;
    private const int NeighborRows = 1000;
    private const int WarmUpRows = 1000;

    /// <summary>The learners that the peer has too.</summary>
    public static IReadOnlyList<string> Learners { get; } = ["logistic_regression", "random_forest"];

    public static int Run(string learner, string path, int threads)
    {
        int rows = BoostingRows.Count(path);
        int training = (int)(rows * (1 - HeldOut));
        TrainingSet set = BoostingRows.Read(path, 0, training);
        FitOptions options = new(1) { MaxDegreeOfParallelism = threads };

        // Compiled code is what a running host has; the peer warms up alike.
        LearnerCatalog.Get(learner).Fit(BoostingRows.Read(path, 0, WarmUpRows), LearnerSettings.Defaults, options, default);
        long start = Stopwatch.GetTimestamp();
        IModel model = LearnerCatalog.Get(learner).Fit(set, LearnerSettings.Defaults, options, default);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        TrainingSet held = BoostingRows.Read(path, training, rows - training);
        Console.WriteLine(JsonSerializer.Serialize(new LearnerRun(seconds, Worth(learner, model, set, held))));
        return 0;
    }

    private static double Worth(string learner, IModel model, TrainingSet set, TrainingSet held)
    {
        if (learner == "logistic_regression")
        {
            return Mean(model, set, set.Labels.Length, (output, label) => -Math.Log(output[label]));
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
}
