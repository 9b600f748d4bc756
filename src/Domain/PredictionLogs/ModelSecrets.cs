using System.Collections.Concurrent;
using System.Security.Cryptography;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>The secret of each model that its personal data is hashed with: made when it is first needed, and gone with the model. Thread safe.</summary>
/// <remarks>Random, of the model alone and in no answer, so that nobody who reads the log can try out values, or join people over models.</remarks>
/// <param name="documents">Where secrets are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class ModelSecrets(IDocumentStore documents, TimeProvider time)
{
    /// <summary>How long another host may go on with the secret of a model that was deleted.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    private const string Collection = "predictionsecrets";
    private const string Row = "hmac";
    private const int KeyBytes = 32;

    // There are seldom more models that log; past it, all are read again.
    private const int MaxRemembered = 1_000;

    private readonly ConcurrentDictionary<(TenantId Tenant, string Model), (byte[] Key, long Read)> remembered = new();

    /// <summary>The secret of a model.</summary>
    /// <exception cref="StorageUnavailableException">Storage fails.</exception>
    public async ValueTask<byte[]> GetAsync(TenantId tenant, string model, CancellationToken cancellationToken)
    {
        if (remembered.TryGetValue((tenant, model), out (byte[] Key, long Read) known) && time.GetElapsedTime(known.Read) < Freshness)
        {
            return known.Key;
        }

        if (remembered.Count >= MaxRemembered)
        {
            remembered.Clear();
        }

        byte[] key = await ReadAsync(tenant, model, cancellationToken) ?? await MakeAsync(tenant, model, cancellationToken);
        remembered[(tenant, model)] = (key, time.GetTimestamp());
        return key;
    }

    /// <summary>Forgets the secret of a model, so that nothing that was hashed with it can ever be recognised again. Repeatable.</summary>
    public async Task RemoveAsync(TenantId tenant, string model, CancellationToken cancellationToken)
    {
        if (await documents.ReadAsync(Collection, Partition(tenant, model), Row, SecretJson.Default.ModelSecret, cancellationToken) is { } secret)
        {
            try
            {
                await documents.WriteAsync(Collection, Partition(tenant, model), DocumentWrite.Delete(Row, secret.ETag), cancellationToken);
            }
            catch (DocumentStoreException gone) when (Contention.IsConflict(gone))
            {
                // Somebody else removed it at the same time.
            }
        }

        remembered.TryRemove((tenant, model), out _);
    }

    private static string Partition(TenantId tenant, string model) => DocumentKey.Of(tenant.Value, model);

    private async Task<byte[]?> ReadAsync(TenantId tenant, string model, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(Collection, Partition(tenant, model), Row, SecretJson.Default.ModelSecret, cancellationToken))?.Value.Key;

    // Of two hosts that make one at the same time, both go on with the one that came first.
    private async Task<byte[]> MakeAsync(TenantId tenant, string model, CancellationToken cancellationToken) => await Contention.RetryAsync(
        async token =>
        {
            if (await ReadAsync(tenant, model, token) is { } present)
            {
                return present;
            }

            ModelSecret made = new(RandomNumberGenerator.GetBytes(KeyBytes));
            await documents.WriteAsync(Collection, Partition(tenant, model), JsonDocuments.Insert(Row, made, SecretJson.Default.ModelSecret), token);
            return made.Key;
        },
        cancellationToken);
}
