using Trainyard.Domain.Documents;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Traffic.Plans;

/// <summary>The plans of one kind of every model, of which a model has one at a time, and marks of those that are not over. Thread safe.</summary>
/// <param name="documents">Where they are kept.</param>
/// <param name="kind">Which kind.</param>
/// <typeparam name="T">The plan.</typeparam>
internal sealed class TrafficPlanStore<T>(IDocumentStore documents, TrafficPlanKind<T> kind)
    where T : class, ITrafficPlan
{
    private const string MarkPartition = "all";
    private const string Last = "last";
    private const string PlanPart = "p";

    /// <summary>A plan by its id; null when there is none.</summary>
    public async Task<Stored<T>?> FindAsync(TrafficPlanKey key, CancellationToken cancellationToken) =>
        await PointerAsync(Partition(key), ById(key.Id), cancellationToken) is { } pointer ? await ReadAsync(Partition(key), pointer.Value, cancellationToken) : null;

    /// <summary>The last plan of a model; null when there was none.</summary>
    public async Task<(TrafficPlanKey Key, Stored<T> Plan)?> FindLastAsync(TenantId tenant, string model, CancellationToken cancellationToken)
    {
        string partition = DocumentKey.Of(tenant.Value, model);
        return await PointerAsync(partition, Last, cancellationToken) is { } pointer && await ReadAsync(partition, pointer.Value, cancellationToken) is { } plan
            ? (new TrafficPlanKey(tenant.Value, model, pointer.Value.Id), plan)
            : null;
    }

    /// <summary>A model's plans, newest first.</summary>
    public Task<ResultPage<T>> ListAsync(TenantId tenant, string model, PageRequest page, CancellationToken cancellationToken)
    {
        (string from, string before) = DocumentKey.Within(PlanPart);
        DocumentQuery query = new(kind.Collection, DocumentKey.Of(tenant.Value, model)) { From = from, Before = before };
        return documents.ReadPageAsync(query, page, kind.Type, cancellationToken);
    }

    /// <summary>Marks a plan, and adds it after one that is over, in one commit.</summary>
    /// <exception cref="Problems.ProblemException">The model has one already, as its kind says it; <c>write_contention</c>.</exception>
    public async Task AddAsync(TrafficPlanKey key, T plan, CancellationToken cancellationToken)
    {
        DocumentWrite mark = JsonDocuments.Upsert(ById(key.Id), new TrafficPlanMark(key, plan.CreatedAt), TrafficPlanJson.Default.TrafficPlanMark);
        await documents.WriteAsync(kind.MarkCollection, MarkPartition, mark, cancellationToken);
        await Contention.RetryAsync(
            async token =>
            {
                await InsertAsync(key, plan, token);
                return plan;
            },
            cancellationToken);
    }

    /// <exception cref="DocumentStoreException">Somebody else changed it.</exception>
    public async Task<Stored<T>> ReplaceAsync(TrafficPlanKey key, Stored<T> current, T changed, CancellationToken cancellationToken)
    {
        DocumentWrite write = JsonDocuments.Replace(current.RowKey, changed, current.ETag, kind.Type);
        string? etag = await documents.WriteAsync(kind.Collection, Partition(key), write, cancellationToken);
        return new Stored<T>(current.RowKey, changed, etag!);
    }

    /// <summary>Removes the mark of a plan that is over.</summary>
    public Task UnmarkAsync(TrafficPlanKey key, CancellationToken cancellationToken) =>
        documents.WriteAsync(kind.MarkCollection, MarkPartition, DocumentWrite.Delete(ById(key.Id)), cancellationToken);

    /// <summary>Removes a mark as it was seen.</summary>
    public Task UnmarkAsync(Stored<TrafficPlanMark> mark, CancellationToken cancellationToken) =>
        documents.DeleteSeenAsync(kind.MarkCollection, MarkPartition, mark, cancellationToken);

    /// <summary>Every mark.</summary>
    public IAsyncEnumerable<Stored<TrafficPlanMark>> MarksAsync(CancellationToken cancellationToken) =>
        documents.ReadAllAsync(new(kind.MarkCollection, MarkPartition), TrafficPlanJson.Default.TrafficPlanMark, cancellationToken);

    private static string Partition(TrafficPlanKey key) => DocumentKey.Of(key.Tenant, key.Model);

    private static string ById(string id) => DocumentKey.Of("i", id);

    private async Task InsertAsync(TrafficPlanKey key, T plan, CancellationToken cancellationToken)
    {
        string partition = Partition(key);
        Stored<TrafficPlanPointer>? last = await PointerAsync(partition, Last, cancellationToken);
        if (last is not null && await ReadAsync(partition, last.Value, cancellationToken) is { Value.IsOver: false })
        {
            throw kind.Running(key.Model, last.Value.Id);
        }

        TrafficPlanPointer pointer = new(key.Id, DocumentKey.Of(PlanPart, DocumentKey.NewestFirst(plan.CreatedAt), key.Id));
        DocumentWrite[] writes =
        [
            JsonDocuments.InsertOrReplace(Last, pointer, last, TrafficPlanJson.Default.TrafficPlanPointer),
            JsonDocuments.Insert(ById(key.Id), pointer, TrafficPlanJson.Default.TrafficPlanPointer),
            JsonDocuments.Insert(pointer.Row, plan, kind.Type),
        ];
        await documents.CommitAsync(kind.Collection, partition, writes, cancellationToken);
    }

    private Task<Stored<TrafficPlanPointer>?> PointerAsync(string partition, string row, CancellationToken cancellationToken) =>
        documents.ReadAsync(kind.Collection, partition, row, TrafficPlanJson.Default.TrafficPlanPointer, cancellationToken);

    private Task<Stored<T>?> ReadAsync(string partition, TrafficPlanPointer pointer, CancellationToken cancellationToken) =>
        documents.ReadAsync(kind.Collection, partition, pointer.Row, kind.Type, cancellationToken);
}
