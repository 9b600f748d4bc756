using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Models;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Benchmarks.Predict;

/// <summary>The host with one 100-tree model deployed, in a process of its own; its first line is its address.</summary>
internal static class ServedModelHost
{
    public const string ModelName = "served";
    private const int Trees = 100;

    public static async Task<int> RunAsync(string csvPath, string target, string learner, Func<LocalHostOptions, LocalHostOptions>? configure = null)
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
        LocalHostOptions options = new() { Urls = ["http://127.0.0.1:0"], DataFolder = folder, LogToConsole = false, HandleSignals = true };
        await using (LocalHostApplication host = await LocalHostApplication.StartAsync(configure?.Invoke(options) ?? options, CancellationToken.None))
        {
            await new DeployedFile(Train(csvPath, target, learner)).DeployAsync(host.Services, ModelName);
            Console.WriteLine(host.BaseAddress);
            await host.WaitForShutdownAsync(CancellationToken.None);
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    /// <summary>A model of 100 trees.</summary>
    internal static TabularModel Train(string csvPath, string target, string learner)
    {
        using FileStream csv = File.OpenRead(csvPath);
        Table rows = CsvSource.Read(csv);
        ILearner chosen = LearnerCatalog.Get(learner);
        string trees = chosen.HyperParameters.First(parameter => parameter.Name is "trees" or "iterations").Name;
        TabularFit fit = new(rows, TargetEncoding.Infer(rows, target), chosen) { Settings = new LearnerSettings([new(trees, Trees)]) };
        return TabularTrainer.Fit(fit, CancellationToken.None);
    }
}
