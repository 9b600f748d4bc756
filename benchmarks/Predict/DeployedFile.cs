using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;

namespace Trainyard.Benchmarks.Predict;

/// <summary>A trained classifier, put into a host's registry under names and deployed at once.</summary>
internal sealed class DeployedFile(TabularModel model)
{
    private const string Container = "artifacts";

    private readonly byte[] file = TabularModelFile.ToBytes(model);

    /// <summary>Registers it as the next version of a model and deploys that.</summary>
    public async Task DeployAsync(IServiceProvider services, string name)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        string path = $"{TenantId.Default}/{name}.tym";
        using MemoryStream content = new(file);
        await services.GetRequiredService<IBlobStore>().WriteAsync(Container, path, content, overwrite: true, CancellationToken.None);
        ModelRegistration registration = new(
            name, "classification", model.Lineage.Learner, model.Lineage.Settings,
            [.. model.Inputs.Columns.Select(input => new ModelInput(input.Name, input.Type.ToString()))],
            new Dictionary<string, double>(), new ModelArtifact(Container, path, sha256, file.Length),
            new Domain.Registry.ModelLineage("benchmark", 1, sha256, "benchmark", null, model.Target.Column, 0, "benchmark"));
        ModelRegistry registry = services.GetRequiredService<ModelRegistry>();
        ModelVersion version = await registry.RegisterAsync(TenantId.Default, registration, CancellationToken.None);
        await registry.DeployAsync(TenantId.Default, name, version.Sequence, "benchmark", CancellationToken.None);
    }
}
