using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;

namespace Trainyard.Functions.Tests.Registry;

/// <summary>Puts a small real model into a running host's registry, as a run would do it.</summary>
internal static class DeployedModel
{
    private const string Learner = "decision_tree";

    public static Task<ModelVersion> RegisterAsync(PlatformHost host, string name, string runId, string learner = Learner) => RegisterAsync(host.Services, name, runId, learner);

    public static async Task<ModelVersion> RegisterAsync(IServiceProvider services, string name, string runId, string learner = Learner)
    {
        byte[] file = TabularModelFile.ToBytes(Train(learner));
        string path = $"default/{name}/{runId}/model.tym";
        await services.GetRequiredService<IBlobStore>().WriteAsync("artifacts", path, new MemoryStream(file), overwrite: true, default);
        ModelRegistration registration = new(
            name,
            "classification",
            learner,
            new Dictionary<string, double>(StringComparer.Ordinal) { ["max_depth"] = 6 },
            [new("size", "number"), new("colour", "category")],
            new Dictionary<string, double>(StringComparer.Ordinal) { ["accuracy"] = 0.97, ["roc_auc"] = double.NaN },
            new("artifacts", path, Convert.ToHexStringLower(SHA256.HashData(file)), file.Length),
            new("fruit", 1, new string('0', 64), runId, null, "kind", 1, "test"));
        return await services.GetRequiredService<ModelRegistry>().RegisterAsync(TenantId.Default, registration, default);
    }

    /// <summary>Overwrites the file of a version.</summary>
    public static async Task DamageAsync(PlatformHost host, string name, string runId) =>
        await host.Services.GetRequiredService<IBlobStore>().WriteAsync("artifacts", $"default/{name}/{runId}/model.tym", new MemoryStream([1, 2, 3]), overwrite: true, default);

    private static TabularModel Train(string learner)
    {
        StringBuilder csv = new("size,colour,kind\n");
        for (int row = 0; row < 60; row++)
        {
            csv.Append(row % 3 == 0 ? $"{row % 7},red,apple\n" : $"{10 + (row % 7)},green,melon\n");
        }

        Table rows = CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())));
        return TabularTrainer.Fit(new TabularFit(rows, TargetEncoding.Infer(rows, "kind"), LearnerCatalog.Get(learner)), CancellationToken.None);
    }
}
