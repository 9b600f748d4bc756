using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Idempotency;

public sealed class IdempotencyLedgerTests : IDisposable
{
    private readonly TestStores stores = new();
    private readonly List<string> created = [];

    public void Dispose() => stores.Dispose();

    [Fact]
    public async Task Run_SameKeyTwice_CreatesOnceAndAnswersAlike()
    {
        RecordedResponse first = await RunAsync("key", "hash");
        RecordedResponse again = await RunAsync("key", "hash");

        Assert.Single(created);
        Assert.Equal((first.Status, first.Location), (again.Status, again.Location));
        Assert.Equal(first.Body, again.Body);
    }

    [Fact]
    public async Task Run_WithoutAKey_CreatesEachTime()
    {
        await RunAsync(null, "hash");
        await RunAsync(null, "hash");

        Assert.Equal(2, created.Distinct().Count());
    }

    [Fact]
    public async Task Run_SameKeyOtherRequest_IsRefused()
    {
        await RunAsync("key", "hash");

        Problem problem = await TestStores.RefusedAsync(() => RunAsync("key", "other"));

        Assert.Equal((ProblemKind.Unprocessable, "idempotency_key_reused"), (problem.Kind, problem.Code));
        Assert.Single(created);
    }

    [Fact]
    public async Task Run_CrashBetweenCreationAndRecord_CreatesAgainUnderTheSameId()
    {
        FaultyDocumentStore faulty = new(stores.Documents, 3, FaultPoint.BeforeWrite);
        IdempotencyLedger crashing = new(faulty, stores.Ids, stores.Clock);
        await Assert.ThrowsAsync<InjectedFaultException>(() => crashing.RunAsync(TestStores.Tenant, "create", "key", "hash", CreateAsync, default));

        await RunAsync("key", "hash");

        Assert.Equal(2, created.Count);
        Assert.Single(created.Distinct());
    }

    [Fact]
    public async Task Run_AfterARefusal_MayBeTriedAgain()
    {
        Problem problem = new(ProblemKind.Conflict, "busy", "Busy.");
        await TestStores.RefusedAsync(() => Ledger().RunAsync(TestStores.Tenant, "create", "key", "hash", (_, _) => throw new ProblemException(problem), default));

        Assert.Equal(201, (await RunAsync("key", "hash")).Status);
    }

    [Fact]
    public async Task Run_AfterRetention_CountsAsNew()
    {
        await RunAsync("key", "hash");
        stores.Clock.Advance(IdempotencyLedger.Retention);
        await RunAsync("key", "other");

        Assert.Equal(2, created.Distinct().Count());
    }

    [Fact]
    public async Task Sweep_PastRetention_RemovesWhatCountsNoMoreOfEveryTenantAndNothingElse()
    {
        Assert.True(TenantId.TryParse("other", out TenantId? other));
        await RunAsync("old", "hash");
        await Ledger().RunAsync(other, "create", "old", "hash", CreateAsync, default);
        await Ledger().ReserveAsync(other, "create", "unfinished", "hash", default);
        stores.Clock.Advance(IdempotencyLedger.Retention - TimeSpan.FromTicks(1));
        await RunAsync("new", "hash");
        Assert.Equal(0, await Sweeper().SweepAsync(default));

        stores.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(3, await Sweeper().SweepAsync(default));
        Assert.Equal(0, await Sweeper().SweepAsync(default));

        int before = created.Count;
        await RunAsync("new", "hash");
        Assert.Equal(before, created.Count);
        await RunAsync("old", "another");
        Assert.Equal(before + 1, created.Count);
    }

    [Fact]
    public async Task Sweep_KeyThatComesAgainMeanwhile_IsRememberedAnew()
    {
        await RunAsync("key", "hash");
        stores.Clock.Advance(IdempotencyLedger.Retention);
        WroteBefore racing = new(stores.Documents, () => RunAsync("key", "hash"));

        Assert.Equal(0, await new IdempotencySweeper(racing, stores.Clock).SweepAsync(default));

        int before = created.Count;
        await RunAsync("key", "hash");
        Assert.Equal((2, 2), (before, created.Count));
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Sweep_CrashAtAnyWrite_LeavesNoRecordThatNoSweepFinds(FaultPoint point)
    {
        for (int crash = 1; crash <= 3; crash++)
        {
            using TestStores fresh = new();
            IdempotencyLedger crashing = new(new FaultyDocumentStore(fresh.Documents, crash, point), fresh.Ids, fresh.Clock);
            await Assert.ThrowsAsync<InjectedFaultException>(() => crashing.RunAsync(TestStores.Tenant, "create", "key", "hash", CreateAsync, default));

            fresh.Clock.Advance(IdempotencyLedger.Retention);
            await new IdempotencySweeper(fresh.Documents, fresh.Clock).SweepAsync(default);
            Assert.Empty((await fresh.Documents.QueryAsync(new DocumentQuery("idempotency", DocumentKey.Of(TestStores.Tenant.Value)), default)).Documents);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ключ")]
    [InlineData("a\nb")]
    public async Task Run_ImpossibleKey_IsRefused(string key) =>
        Assert.Equal("idempotency_key_invalid", (await TestStores.RefusedAsync(() => RunAsync(key, "hash"))).Code);

    [Fact]
    public async Task Run_LongestKeyOfAwkwardCharacters_IsTaken() =>
        Assert.Equal(201, (await RunAsync(new string('/', IdempotencyLedger.MaxKeyLength), "hash")).Status);

    private IdempotencySweeper Sweeper() => new(stores.Documents, stores.Clock);

    private IdempotencyLedger Ledger() => new(stores.Documents, stores.Ids, stores.Clock);

    private Task<RecordedResponse> RunAsync(string? key, string hash) => Ledger().RunAsync(TestStores.Tenant, "create", key, hash, CreateAsync, default);

    private Task<RecordedResponse> CreateAsync(string id, CancellationToken cancellationToken)
    {
        created.Add(id);
        return Task.FromResult(new RecordedResponse(201, $"/things/{id}", [(byte)created.Count]));
    }

    /// <summary>Lets something happen just before the first delete.</summary>
    private sealed class WroteBefore(IDocumentStore inner, Func<Task> happens) : IDocumentStore
    {
        private int deletes;

        public Task<Document?> GetAsync(string collection, string partitionKey, string rowKey, CancellationToken cancellationToken) => inner.GetAsync(collection, partitionKey, rowKey, cancellationToken);

        public Task<DocumentPage> QueryAsync(DocumentQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

        public async Task<string?> WriteAsync(string collection, string partitionKey, DocumentWrite write, CancellationToken cancellationToken)
        {
            if (write.Kind == DocumentWriteKind.Delete && Interlocked.Increment(ref deletes) == 1)
            {
                await happens();
            }

            return await inner.WriteAsync(collection, partitionKey, write, cancellationToken);
        }

        public Task<IReadOnlyList<string?>> CommitAsync(string collection, string partitionKey, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) =>
            inner.CommitAsync(collection, partitionKey, writes, cancellationToken);
    }
}
