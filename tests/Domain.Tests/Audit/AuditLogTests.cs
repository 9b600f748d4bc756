using System.Text;
using Trainyard.Domain.Access;
using Trainyard.Domain.Audit;
using Trainyard.Domain.Documents;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private static readonly Caller Caller = new(CallerKind.Key, TenantId.Default, "key-1", Scopes.Admin);
    private readonly TestStores stores = new();

    public void Dispose() => stores.Dispose();

    [Fact]
    public async Task End_AnEntry_SaysWhatWasBeforeAndAfter()
    {
        Stored<AuditEntry> begun = await BeginAsync("SetPipelineThreshold");
        AuditEntry underWay = Assert.Single((await ListAsync()).Items);
        Assert.Equal((null, null), (underWay.Outcome, underWay.EndedAt));

        stores.Clock.Advance(TimeSpan.FromSeconds(2));
        await Log().EndAsync(TenantId.Default, begun, AuditLog.Done, """{"threshold":0.8}"""u8.ToArray(), """{"threshold":0.9}"""u8.ToArray(), default);

        AuditEntry ended = Assert.Single((await ListAsync()).Items);
        Assert.Equal(("done", "key-1", CallerKind.Key, "/p", "trace"), (ended.Outcome, ended.Actor, ended.ActorKind, ended.Target, ended.TraceId));
        Assert.Equal((0.8, 0.9), (ended.Before!.Value.GetProperty("threshold").GetDouble(), ended.After!.Value.GetProperty("threshold").GetDouble()));
        Assert.Equal(TimeSpan.FromSeconds(2), ended.EndedAt - ended.At);
    }

    [Fact]
    public async Task End_Twice_KeepsTheFirstOutcome()
    {
        Stored<AuditEntry> begun = await BeginAsync("x");
        await Log().EndAsync(TenantId.Default, begun, AuditLog.Done, default, default, default);

        DocumentStoreException refused = await Assert.ThrowsAsync<DocumentStoreException>(() => Log().EndAsync(TenantId.Default, begun, "other", default, default, default));

        Assert.Equal(DocumentStoreCode.ETagMismatch, refused.Code);
        Assert.Equal("done", Assert.Single((await ListAsync()).Items).Outcome);
    }

    [Fact]
    public async Task End_WithMoreThanIsKept_SaysThatItWasTooLong()
    {
        Stored<AuditEntry> begun = await BeginAsync("x");
        byte[] large = Encoding.UTF8.GetBytes($"\"{new string('a', AuditLog.MaxStateBytes)}\"");

        await Log().EndAsync(TenantId.Default, begun, AuditLog.Done, large, default, default);

        Assert.True(Assert.Single((await ListAsync()).Items).Before!.Value.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task Record_Twice_EntersOnce()
    {
        AuditEntry entry = new()
        {
            Id = "run-1-deploy", At = stores.Clock.GetUtcNow(), ActorKind = CallerKind.Run, Actor = "run-1", Action = "DeployVersion", Target = "model://m", TraceId = "run-1", Outcome = AuditLog.Done,
        };
        await Log().RecordAsync(TenantId.Default, entry, default);
        await Log().RecordAsync(TenantId.Default, entry with { Actor = "another" }, default);
        Assert.Equal("run-1", Assert.Single((await ListAsync()).Items).Actor);
        await Assert.ThrowsAsync<ArgumentException>(() => Log().RecordAsync(TenantId.Default, entry with { Outcome = null }, default));
    }

    [Fact]
    public async Task List_BetweenMoments_IsNewestFirstFromTheFirstInclusiveToTheSecondExclusive()
    {
        DateTimeOffset start = stores.Clock.GetUtcNow();
        for (int second = 0; second < 5; second++)
        {
            await BeginAsync($"a{second}");
            stores.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["a4", "a3", "a2", "a1", "a0"], await ActionsAsync(null, null));
        Assert.Equal(["a3", "a2", "a1"], await ActionsAsync(start.AddSeconds(1), start.AddSeconds(4)));
        Assert.Equal(["a4"], await ActionsAsync(start.AddSeconds(4), null));
        Assert.Equal(["a0"], await ActionsAsync(null, start.AddSeconds(1)));
        Assert.Empty(await ActionsAsync(start.AddSeconds(5), null));
    }

    [Fact]
    public async Task List_OfAnotherTenant_HasNothingOfThisOne()
    {
        await BeginAsync("x");
        Assert.True(TenantId.TryParse("other", out TenantId? other));
        Assert.Empty((await Log().ListAsync(other, null, null, PageRequest.First, default)).Items);
    }

    private AuditLog Log() => new(stores.Documents, stores.Ids, stores.Clock);

    private Task<Stored<AuditEntry>> BeginAsync(string action) => Log().BeginAsync(Caller, action, "/p", "trace", default);

    private Task<ResultPage<AuditEntry>> ListAsync() => Log().ListAsync(TenantId.Default, null, null, PageRequest.First, default);

    private async Task<IEnumerable<string>> ActionsAsync(DateTimeOffset? from, DateTimeOffset? to) =>
        (await Log().ListAsync(TenantId.Default, from, to, PageRequest.First, default)).Items.Select(entry => entry.Action);
}
