using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Functions.Tests.Pipelines;

namespace Trainyard.Functions.Tests;

/// <summary>That the tests of this assembly test what they say they do.</summary>
public sealed class AzureStorageInUseTests
{
    [Fact]
    public async Task Upload_OfADataset_LiesInTheHostsOwnAccount()
    {
        await using PipelineApp first = await PipelineApp.StartAsync();
        await using PipelineApp second = await PipelineApp.StartAsync();
        await first.UploadAsync("flowers", Encoding.UTF8.GetBytes("a,b\n1,2\n"));
        Assert.Contains("datasets", await ContainersAsync(first));
        Assert.DoesNotContain("datasets", await ContainersAsync(second));
    }

    private static async Task<List<string>> ContainersAsync(PipelineApp app)
    {
        BlobServiceClient account = new(app.Services.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"]);
        List<string> names = [];
        await foreach (BlobContainerItem container in account.GetBlobContainersAsync())
        {
            names.Add(container.Name);
        }

        return names;
    }
}
