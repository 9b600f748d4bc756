using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Functions.Tests.Datasets;

/// <summary>Files of the machine as datasets: only below a data root, and never through a link.</summary>
public sealed class FileDatasetTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    private const string Csv = "a,b\n1,x\n2,y\n";

    private string Root => Directory.CreateDirectory(Path.Combine(host.Folder, "files")).FullName;

    [Fact]
    public async Task Resolve_FileBelowTheRoot_IsImported()
    {
        string path = Write("inside.csv");

        DatasetVersion version = await ResolveAsync($"file://{path}");

        Assert.Equal((2, $"file://{path}"), (version.Rows, version.Source));
    }

    [Fact]
    public async Task Resolve_FileBesideTheRoot_IsRefused()
    {
        string outside = Path.Combine(host.Folder, "files-secret.csv");
        await File.WriteAllTextAsync(outside, Csv);

        Assert.Equal("dataset_path_outside", await RefusedAsync($"file://{outside}"));
        Assert.Equal("dataset_path_outside", await RefusedAsync($"file://{Root}/%2e%2e/files-secret.csv"));
        Assert.Equal("dataset_path_outside", await RefusedAsync($"file://{Root}/../files-secret.csv"));
    }

    [Fact]
    public async Task Resolve_LinkThatLeadsOut_IsRefused()
    {
        string outside = Path.Combine(host.Folder, "linked.csv");
        await File.WriteAllTextAsync(outside, Csv);
        string link = Path.Combine(Root, "link.csv");
        File.CreateSymbolicLink(link, outside);
        string folder = Path.Combine(Root, "folder");
        Directory.CreateSymbolicLink(folder, host.Folder);

        Assert.Equal("dataset_path_outside", await RefusedAsync($"file://{link}"));
        Assert.Equal("dataset_path_outside", await RefusedAsync($"file://{folder}/linked.csv"));
    }

    [Fact]
    public async Task Resolve_FileThatIsNotThere_IsNotFound() => Assert.Equal("dataset_source_not_found", await RefusedAsync($"file://{Root}/none.csv"));

    private string Write(string name)
    {
        string path = Path.Combine(Root, name);
        File.WriteAllText(path, Csv);
        return path;
    }

    private Task<DatasetVersion> ResolveAsync(string uri) => host.Services.GetRequiredService<DatasetResolver>().ResolveAsync(TenantId.Default, uri, default);

    private async Task<string> RefusedAsync(string uri) => (await Assert.ThrowsAsync<ProblemException>(() => ResolveAsync(uri))).Problem.Code;
}
