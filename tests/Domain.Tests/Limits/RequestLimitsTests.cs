using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Tenancy;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Limits;

public class RequestLimitsTests
{
    private static readonly LimitOptions Small = new()
    {
        PerCaller = Enum.GetValues<LimitClass>().ToDictionary(each => each, _ => new RateLimit(1, 2)),
        TenantFactor = 2,
    };

    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void Admit_OneCallerOverItsLimit_LeavesOtherClassesCallersAndTenantsAlone()
    {
        RequestLimits limits = new(Small, clock);
        Assert.Equal([true, true, false], Admit(limits, Key("a"), LimitClass.Predict, 3));
        Assert.Equal([true, true, false], Admit(limits, Key("a"), LimitClass.Read, 3));
        Assert.Equal([true, true, false], Admit(limits, Key("b"), LimitClass.Predict, 3));
        Assert.Equal([true, true, false], Admit(limits, Key("a", "other"), LimitClass.Predict, 3));
    }

    [Fact]
    public void Admit_ManyKeysOfOneTenant_ShareTheTenantsLimit()
    {
        RequestLimits limits = new(Small, clock);
        Assert.Equal(4, Enumerable.Range(0, 10).Sum(key => Admit(limits, Key($"k{key}"), LimitClass.Predict, 1).Count(allowed => allowed)));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Enumerable.Range(10, 10).Sum(key => Admit(limits, Key($"k{key}"), LimitClass.Predict, 1).Count(allowed => allowed)));
    }

    [Fact]
    public void Admit_ThisMachineOrAPublicEndpoint_HasNoLimit()
    {
        RequestLimits limits = new(Small, clock);
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(limits.Admit(Caller.Local, LimitClass.Predict)));
        Assert.Null(limits.Admit(Caller.Anonymous, LimitClass.Read));
    }

    [Fact]
    public void Admit_EndlessCallers_ForgetsThoseThatRest()
    {
        RequestLimits limits = new(Small with { TenantFactor = 10_000 }, clock);
        for (int key = 0; key < RequestLimits.MaxBuckets + 10; key++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            limits.Admit(Key($"k{key}"), LimitClass.Read);
        }

        Assert.InRange(limits.Count, 1, RequestLimits.MaxBuckets);
    }

    [Fact]
    public void Admit_AfterTheTenantsBucketWasForgotten_StillSharesItsLimit()
    {
        RequestLimits limits = new(Small with { TenantFactor = 2 }, clock);
        Assert.Equal([true], Admit(limits, Key("a"), LimitClass.Read, 1));

        // By now the tenant's is full again, that of its key not.
        clock.Advance(TimeSpan.FromMilliseconds(700));
        for (int key = 0; limits.Count < RequestLimits.MaxBuckets; key++)
        {
            limits.Admit(Key($"k{key}", "other"), LimitClass.Write);
        }

        limits.Admit(Key("last", "other"), LimitClass.Upload);
        string[] keys = ["a", "b", "c", "d"];
        Assert.Equal(4, keys.Sum(key => Admit(limits, Key(key), LimitClass.Read, 2).Count(allowed => allowed)));
    }

    private static bool[] Admit(RequestLimits limits, Caller caller, LimitClass limitClass, int times) =>
        [.. Enumerable.Range(0, times).Select(_ => limits.Admit(caller, limitClass)!.Value.IsAllowed)];

    private static Caller Key(string id, string tenant = "default") =>
        TenantId.TryParse(tenant, out TenantId? parsed) ? new Caller(CallerKind.Key, parsed, id, Scopes.Read) : throw new ArgumentException(tenant, nameof(tenant));
}
