using Trainyard.Functions.Storage;
using Trainyard.Testing.Azurite;

namespace Trainyard.Storage.Tests.Azure;

/// <summary>One Azurite for all tests of the collection, started by the first that asks.</summary>
public sealed class AzuriteFixture : IDisposable
{
    private readonly Lazy<Task<AzuriteProcess>> azurite = new(() => AzuriteProcess.StartAsync());

    internal Task<AzuriteProcess> ProcessAsync() => azurite.Value;

    internal async Task<AzureStorageSettings> SettingsAsync() => new((await ProcessAsync()).ConnectionString, null, null, null, null);

    public void Dispose()
    {
        if (azurite is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            azurite.Value.Result.Dispose();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Azurite";
}
