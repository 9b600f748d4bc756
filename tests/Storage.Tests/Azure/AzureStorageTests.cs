using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;
using Trainyard.Functions.Storage;

namespace Trainyard.Storage.Tests.Azure;

public class AzureStorageTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void IsConfigured_WithoutAccount_IsFalse(string? connectionString) =>
        Assert.False(AzureStorage.IsConfigured(Configuration(("AzureWebJobsStorage", connectionString), ("AzureWebJobsStorage:credential", ""))));

    [Fact]
    public void Add_DevelopmentStorage_OffersAllPorts()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddAzureStorage(Configuration(("AzureWebJobsStorage", "UseDevelopmentStorage=true")))
            .BuildServiceProvider();

        Assert.IsType<TableDocumentStore>(services.GetRequiredService<IDocumentStore>());
        Assert.IsType<BlockBlobStore>(services.GetRequiredService<IBlobStore>());
        Assert.IsType<StorageQueue>(services.GetRequiredService<IMessageQueue>());
    }

    [Fact]
    public void Read_AddressesOfServices_TakesThemAndAnIdentity()
    {
        AzureStorageSettings settings = AzureStorageSettings.Read(Configuration(
            ("AzureWebJobsStorage:blobServiceUri", "https://b.example/"),
            ("AzureWebJobsStorage:queueServiceUri", "https://q.example/"),
            ("AzureWebJobsStorage:tableServiceUri", "https://t.example/"),
            ("AzureWebJobsStorage:credential", "managedidentity"),
            ("AzureWebJobsStorage:clientId", "11111111-1111-1111-1111-111111111111")))!;

        Assert.Equal(("https://b.example/", "https://q.example/", "https://t.example/"), (settings.Blobs!.ToString(), settings.Queues!.ToString(), settings.Tables!.ToString()));
        Assert.IsType<global::Azure.Identity.ManagedIdentityCredential>(settings.Credential);
    }

    [Fact]
    public void Read_AccountName_TakesThePublicAddresses()
    {
        AzureStorageSettings settings = AzureStorageSettings.Read(Configuration(("AzureWebJobsStorage:accountName", "yard")))!;

        Assert.Equal("https://yard.table.core.windows.net/", settings.Tables!.ToString());
        Assert.Equal("https://yard.blob.core.windows.net/", settings.Blobs!.ToString());
        Assert.Equal("https://yard.queue.core.windows.net/", settings.Queues!.ToString());
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "nonsense", "AzureWebJobsStorage")]
    [InlineData("AzureWebJobsStorage", "AccountName=a;AccountKey=%%%", "AzureWebJobsStorage")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "https://b.example/", "AzureWebJobsStorage:tableServiceUri")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "file:///etc", "AzureWebJobsStorage:blobServiceUri")]
    [InlineData("AzureWebJobsStorage:other", "x", "AzureWebJobsStorage:blobServiceUri")]
    [InlineData("Unrelated", "x", "AzureWebJobsStorage")]
    public void Add_MissingOrMalformedSetting_IsRefusedByItsName(string name, string value, string blamed)
    {
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddAzureStorage(Configuration((name, value))));

        Assert.Contains($"'{blamed}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownCredential_IsRefusedByItsName()
    {
        IConfiguration configuration = Configuration(("AzureWebJobsStorage:accountName", "yard"), ("AzureWebJobsStorage:credential", "password"));

        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => AzureStorageSettings.Read(configuration));
        Assert.Contains("AzureWebJobsStorage:credential", refusal.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(params (string Name, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
        .Build();
}
