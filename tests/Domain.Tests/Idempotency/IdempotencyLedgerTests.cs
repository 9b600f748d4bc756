using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Problems;
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
        FaultyDocumentStore faulty = new(stores.Documents, 2, FaultPoint.BeforeWrite);
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

    [Theory]
    [InlineData("")]
    [InlineData("ключ")]
    [InlineData("a\nb")]
    public async Task Run_ImpossibleKey_IsRefused(string key) =>
        Assert.Equal("idempotency_key_invalid", (await TestStores.RefusedAsync(() => RunAsync(key, "hash"))).Code);

    [Fact]
    public async Task Run_LongestKeyOfAwkwardCharacters_IsTaken() =>
        Assert.Equal(201, (await RunAsync(new string('/', IdempotencyLedger.MaxKeyLength), "hash")).Status);

    private IdempotencyLedger Ledger() => new(stores.Documents, stores.Ids, stores.Clock);

    private Task<RecordedResponse> RunAsync(string? key, string hash) => Ledger().RunAsync(TestStores.Tenant, "create", key, hash, CreateAsync, default);

    private Task<RecordedResponse> CreateAsync(string id, CancellationToken cancellationToken)
    {
        created.Add(id);
        return Task.FromResult(new RecordedResponse(201, $"/things/{id}", [(byte)created.Count]));
    }
}
