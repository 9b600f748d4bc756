using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Models;
using Trainyard.Learning.ModelFile;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Benchmarks.Predict;

/// <summary>The host with one 100-tree model deployed, in a process of its own; its first line is its address.</summary>
internal static class ServedModelHost
{
    public const string ModelName = "served";
    private const string Container = "artifacts";
    private const int Trees = 100;

    public static async Task<int> RunAsync(string csvPath, string target, string learner, Func<LocalHostOptions, LocalHostOptions>? configure = null)
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
        LocalHostOptions options = new() { Urls = ["http://127.0.0.1:0"], DataFolder = folder, LogToConsole = false, HandleSignals = true };
        await using (LocalHostApplication host = await LocalHostApplication.StartAsync(configure?.Invoke(options) ?? options, CancellationToken.None))
        {
            await DeployAsync(host.Services, Train(csvPath, target, learner), target);
            Console.WriteLine(host.BaseAddress);
            await host.WaitForShutdownAsync(CancellationToken.None);
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static TabularModel Train(string csvPath, string target, string learner)
    {
        using FileStream csv = File.OpenRead(csvPath);
        Table rows = CsvSource.Read(csv);
        ILearner chosen = LearnerCatalog.Get(learner);
        string trees = chosen.HyperParameters.First(parameter => parameter.Name is "trees" or "iterations").Name;
        TabularFit fit = new(rows, TargetEncoding.Infer(rows, target), chosen) { Settings = new LearnerSettings([new(trees, Trees)]) };
        return TabularTrainer.Fit(fit, CancellationToken.None);
    }

    private static async Task DeployAsync(IServiceProvider services, TabularModel model, string target)
    {
        byte[] file = TabularModelFile.ToBytes(model);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        string path = $"{TenantId.Default}/{ModelName}.tym";
        using MemoryStream content = new(file);
        await services.GetRequiredService<IBlobStore>().WriteAsync(Container, path, content, overwrite: true, CancellationToken.None);

        Domain.Registry.ModelLineage lineage = new("benchmark", 1, sha256, "benchmark", null, target, 0, "benchmark");
        ModelRegistration registration = new(
            ModelName, "classification", model.Lineage.Learner, model.Lineage.Settings,
            [.. model.Inputs.Columns.Select(input => new ModelInput(input.Name, input.Type.ToString()))],
            new Dictionary<string, double>(), new ModelArtifact(Container, path, sha256, file.Length), lineage);
        ModelRegistry registry = services.GetRequiredService<ModelRegistry>();
        ModelVersion version = await registry.RegisterAsync(TenantId.Default, registration, CancellationToken.None);
        await registry.DeployAsync(TenantId.Default, ModelName, version.Sequence, "benchmark", CancellationToken.None);
    }
}
