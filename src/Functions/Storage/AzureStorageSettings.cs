using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Trainyard.Functions.Configuration;

namespace Trainyard.Functions.Storage;

/// <summary>Where storage is and how the app identifies itself: the settings that the Functions host itself reads.</summary>
/// <param name="ConnectionString">Of the account; null when the addresses below are used.</param>
/// <param name="Blobs">Address of Blob storage.</param>
/// <param name="Tables">Address of Table storage.</param>
/// <param name="Queues">Address of Queue storage.</param>
/// <param name="Credential">The identity; null with a connection string.</param>
internal sealed record AzureStorageSettings(string? ConnectionString, Uri? Blobs, Uri? Tables, Uri? Queues, TokenCredential? Credential)
{
    /// <summary>The setting with a connection string, or the section with addresses.</summary>
    internal const string Section = "AzureWebJobsStorage";

    private const string Account = Section + ":accountName";
    private const string CredentialKind = Section + ":credential";
    private const string ClientId = Section + ":clientId";
    private const string ManagedIdentity = "managedidentity";

    /// <summary>Reads the settings; null when storage is not set up at all.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing or malformed; the message names it.</exception>
    internal static AzureStorageSettings? Read(IConfiguration configuration)
    {
        if (Settings.Text(configuration, Section) is { } connectionString)
        {
            return new AzureStorageSettings(connectionString, null, null, null, null);
        }

        return configuration.GetSection(Section).GetChildren().Any(setting => !string.IsNullOrWhiteSpace(setting.Value))
            ? new AzureStorageSettings(null, Address(configuration, "blob"), Address(configuration, "table"), Address(configuration, "queue"), Identity(configuration))
            : null;
    }

    private static Uri Address(IConfiguration configuration, string service)
    {
        string name = $"{Section}:{service}ServiceUri";
        string? text = Settings.Text(configuration, name)
            ?? (Settings.Text(configuration, Account) is { } account ? $"https://{account}.{service}.core.windows.net" : null);
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http"
            ? address
            : throw new InvalidOperationException($"Setting '{name}' must be the address of {service} storage, such as https://account.{service}.core.windows.net.");
    }

    private static TokenCredential Identity(IConfiguration configuration)
    {
        string? client = Settings.Text(configuration, ClientId);
        return Settings.Text(configuration, CredentialKind) switch
        {
            null => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client }),
            ManagedIdentity => new ManagedIdentityCredential(client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client)),
            _ => throw new InvalidOperationException($"Setting '{CredentialKind}' must be '{ManagedIdentity}' or absent."),
        };
    }
}
