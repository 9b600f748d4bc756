using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;
using Trainyard.LocalHost.Hosting;
using Trainyard.LocalHost.Storage;

namespace Trainyard.LocalHost.Tests.Hosting;

public sealed class StorageSettingTests : IDisposable
{
    private const string Setting = "AzureWebJobsStorage";
    private readonly string folder = Directory.CreateTempSubdirectory("trainyard-storage-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Start_WithAnAccount_KeepsDocumentsAndBlobsThereAndMessagesHere()
    {
        await using LocalHostApplication host = await LocalHostApplication.StartAsync(Options("UseDevelopmentStorage=true"), CancellationToken.None);

        Assert.Equal("TableDocumentStore", host.Services.GetRequiredService<IDocumentStore>().GetType().Name);
        Assert.Equal("BlockBlobStore", host.Services.GetRequiredService<IBlobStore>().GetType().Name);
        Assert.IsType<SqliteMessageQueue>(host.Services.GetRequiredService<IMessageQueue>());
        Assert.False(File.Exists(Path.Combine(folder, "documents.db")));
    }

    [Fact]
    public async Task Start_WithABlankAccount_KeepsAllHere()
    {
        await using LocalHostApplication host = await LocalHostApplication.StartAsync(Options(" "), CancellationToken.None);

        Assert.IsType<SqliteDocumentStore>(host.Services.GetRequiredService<IDocumentStore>());
    }

    [Fact]
    public async Task Start_WithAMalformedAccount_SaysWhichSetting()
    {
        LocalHostException refusal = await Assert.ThrowsAsync<LocalHostException>(() => LocalHostApplication.StartAsync(Options("nonsense"), CancellationToken.None));

        Assert.Equal("storage_setting_invalid", refusal.Code);
        Assert.Contains(Setting, refusal.Message, StringComparison.Ordinal);
    }

    private LocalHostOptions Options(string account) => new()
    {
        Urls = ["http://127.0.0.1:0"],
        DataFolder = folder,
        FunctionTypes = [],
        Compose = (_, _) => { },
        LogToConsole = false,
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { [Setting] = account },
    };
}
