using System.Text;
using Trainyard.Domain.Ports;

namespace Trainyard.Storage.Tests.Contracts;

public abstract partial class DocumentStoreContract
{
    private const int ModelSeed = 20_260_117;
    private const int ModelSteps = 400;

    /// <summary>Random single operations, batches and queries, each compared with a sorted dictionary.</summary>
    [ContractFact]
    public async Task AnySequenceOfCalls_BehavesAsASortedDictionary()
    {
        output.WriteLine($"seed {ModelSeed}");
        Random random = new(ModelSeed);
        DocumentModel model = new();
        for (int step = 0; step < ModelSteps; step++)
        {
            if (random.Next(4) == 0)
            {
                await CompareQueryAsync(model, random);
            }
            else
            {
                await CompareCommitAsync(model, random);
            }
        }
    }

    private async Task CompareCommitAsync(DocumentModel model, Random random)
    {
        DocumentWrite[] batch = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => model.RandomWrite(random)).DistinctBy(write => write.RowKey)];
        (DocumentStoreCode Code, int Operation)? expected = model.Refusal(batch);
        try
        {
            IReadOnlyList<string?> etags = batch.Length == 1
                ? [await WriteAsync(batch[0])]
                : await Store.CommitAsync(Collection, Partition, batch, None);
            Assert.Null(expected);
            model.Apply(batch, etags);
        }
        catch (DocumentStoreException refusal)
        {
            Assert.Equal(expected, (refusal.Code, refusal.Operation));
        }
    }

    private async Task CompareQueryAsync(DocumentModel model, Random random)
    {
        DocumentQuery query = new(Collection, Partition)
        {
            From = random.Next(2) == 0 ? null : DocumentModel.RandomKey(random),
            Before = random.Next(2) == 0 ? null : DocumentModel.RandomKey(random),
            PageSize = random.Next(1, 8),
        };
        List<(string, string, string)> found = [.. (await PagesAsync(query)).SelectMany(page => page.Documents)
            .Select(document => (document.RowKey, Encoding.UTF8.GetString(document.Json.Span), document.ETag))];
        Assert.Equal(model.Range(query.From, query.Before), found);
    }
}
