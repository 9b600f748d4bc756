using System.Diagnostics;
using System.Text.Json;
using Trainyard.Benchmarks.Processes;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Metrics;

namespace Trainyard.Benchmarks.Boosting;

/// <summary>Fits in a process of their own, so that the peak memory is theirs.</summary>
internal static class BoostingWorker
{
    private const double HeldOut = 0.1;
    private const int SingleRows = 20_000;
    private const int ChunkRows = 1024;
    private static readonly TimeSpan SingleWarmUp = TimeSpan.FromSeconds(1);

    /// <summary>The settings of the peer's script.</summary>
    public static LearnerSettings Settings { get; } = new(
    [
        new("iterations", 100), new("max_depth", 6), new("max_leaves", 64), new("learning_rate", 0.1),
        new("min_rows_per_leaf", 1), new("min_child_weight", 1), new("l2", 1),
    ]);

    public static int Run(string path, int threads)
    {
        int rows = BoostingRows.Count(path);
        int training = (int)(rows * (1 - HeldOut));
        TrainingSet set = BoostingRows.Read(path, 0, training);
        TrainingSet held = BoostingRows.Read(path, training, rows - training);
        FitOptions options = new(1) { MaxDegreeOfParallelism = threads };
        IModel? fitted = null;
        void Fit() => fitted = new GradientBoostingLearner().Fit(set, Settings, options, default);
        double firstFit = Stages.Time(Fit);
        double fitPeak = PeakMemory.Mebibytes();
        IModel model = fitted!;
        double[] scores = [];
        void PredictAll()
        {
            Predict(model, set.Features, threads);
            scores = Predict(model, held.Features, threads);
        }

        double firstPredict = Stages.Time(PredictAll);
        double predict = Stages.TimeCompiled(PredictAll, firstPredict);
        double auc = RocAuc.Binary(Array.ConvertAll(held.Labels, label => label == 1), scores)!.Value;
        double single = Single(model, held.Features);
        double fit = Stages.TimeCompiled(Fit, firstFit);
        Console.WriteLine(JsonSerializer.Serialize(new BoostingRun(firstFit, fit, fitPeak, firstPredict, predict, single, auc)));
        return 0;
    }

    private static double[] Predict(IModel model, FeatureMatrix features, int threads)
    {
        double[] scores = new double[features.RowCount];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads };
        Parallel.For(0, (features.RowCount + ChunkRows - 1) / ChunkRows, parallel, chunk =>
        {
            int start = chunk * ChunkRows;
            double[] outputs = new double[Math.Min(ChunkRows, features.RowCount - start) * model.OutputCount];
            model.PredictRows(features, start, outputs);
            for (int row = 0; row < outputs.Length / model.OutputCount; row++)
            {
                scores[start + row] = outputs[(row * model.OutputCount) + 1];
            }
        });
        return scores;
    }

    private static double Single(IModel model, FeatureMatrix features)
    {
        double[] row = new double[features.FeatureCount];
        double[] output = new double[model.OutputCount];

        // A server predicts for hours: what counts is the compiled code, which the runtime swaps in while it already runs.
        double microseconds = 0;
        for (long warm = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(warm) < SingleWarmUp;)
        {
            microseconds = 0;
            for (int index = 0; index < SingleRows; index++)
            {
                features.CopyRow(index % features.RowCount, row);
                long start = Stopwatch.GetTimestamp();
                model.Predict(row, output);
                microseconds += Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        }

        return microseconds / SingleRows;
    }
}
