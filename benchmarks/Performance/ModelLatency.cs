using BenchmarkDotNet.Attributes;
using Trainyard.Benchmarks.Boosting;
using Trainyard.Benchmarks.Processes;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;

namespace Trainyard.Benchmarks.Performance;

/// <summary>One row, and one file, of 100 boosted trees of depth 6 fitted on 28 numbers.</summary>
public class ModelLatency
{
    private const int TrainingRows = 100_000;

    /// <summary>Different rows, for the same one again and again would take the ways that the processor remembers.</summary>
    private const int Rows = 4096;

    private readonly double[][] rows = new double[Rows][];
    private readonly double[] output = new double[2];
    private IModel model = null!;
    private byte[] file = [];

    /// <summary>Fits the model.</summary>
    [GlobalSetup]
    public void Fit()
    {
        using TemporaryFile data = new(path => BoostingRows.Write(path, TrainingRows));
        TrainingSet set = BoostingRows.Read(data.Path, 0, TrainingRows);
        TabularModel fitted = FittedTrees.Fit(FittedTrees.TableOf(set));
        model = fitted.Model;
        file = TabularModelFile.ToBytes(fitted);
        for (int row = 0; row < Rows; row++)
        {
            rows[row] = new double[set.Features.FeatureCount];
            set.Features.CopyRow(row, rows[row]);
        }
    }

    /// <summary>The file that is loaded.</summary>
    internal static byte[] MakeFile()
    {
        ModelLatency fitted = new();
        fitted.Fit();
        return fitted.file;
    }

    /// <summary>Predicts rows one at a time.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public double Predict()
    {
        double sum = 0;
        foreach (double[] row in rows)
        {
            model.Predict(row, output);
            sum += output[1];
        }

        return sum;
    }

    /// <summary>Reads the model from memory: checks it and lays it out.</summary>
    [Benchmark]
    public TabularModel Load() => TabularModelFile.Read(file);
}
