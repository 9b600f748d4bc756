using System.Text;
using Trainyard.Domain.Access;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Access;

public sealed class ApiKeysTests : IDisposable
{
    private static readonly Caller Admin = new(CallerKind.Key, TestStores.Tenant, "admin-1", Scopes.Admin);
    private readonly TestStores stores = new();

    public void Dispose() => stores.Dispose();

    [Fact]
    public async Task Recognise_TokenOfAKey_GivesTenantAndScopes()
    {
        IssuedKey issued = await CreateAsync(["read", "predict"]);

        Caller? caller = await RecogniseAsync(Keys(), issued.Token.Reveal());

        Assert.Equal(new Caller(CallerKind.Key, TestStores.Tenant, issued.Key.Id, Scopes.Read | Scopes.Predict), caller);
    }

    [Fact]
    public async Task Create_Key_StoresNoSecret()
    {
        IssuedKey issued = await CreateAsync(["admin"]);
        string secret = issued.Token.Reveal().Split('_', 4)[3];
        string base64 = Convert.ToBase64String(issued.Token.Secret);

        foreach (string partition in new[] { DocumentKey.Of(TestStores.Tenant.Value), DocumentKey.Of("", "installation") })
        {
            DocumentPage page = await stores.Documents.QueryAsync(new DocumentQuery("keys", partition), default);
            Assert.NotEmpty(page.Documents);
            Assert.All(page.Documents, document =>
            {
                string text = Encoding.UTF8.GetString(document.Json.Span);
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
                Assert.DoesNotContain(base64, text, StringComparison.Ordinal);
            });
        }

        Assert.DoesNotContain(secret, issued.Token.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, issued.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(31)]
    public async Task Recognise_OneBitOfTheSecretChanged_IsNobody(int index)
    {
        IssuedKey issued = await CreateAsync(["read"]);
        issued.Token.Secret[index] ^= 1;

        Assert.Null(await RecogniseAsync(Keys(), issued.Token.Reveal()));
    }

    [Fact]
    public async Task Recognise_AfterTheRightSecret_StillRefusesEveryOther()
    {
        IssuedKey issued = await CreateAsync(["read"]);
        ApiKeys keys = Keys();
        string right = issued.Token.Reveal();
        for (int index = 0; index < ApiKeyToken.SecretBytes; index++)
        {
            Assert.NotNull(await RecogniseAsync(keys, right));
            issued.Token.Secret[index] ^= 1;
            string wrong = issued.Token.Reveal();
            issued.Token.Secret[index] ^= 1;
            Assert.Null(await RecogniseAsync(keys, wrong));
            Assert.Null(await RecogniseAsync(keys, wrong));
        }
    }

    [Theory]
    [InlineData("ty")]
    [InlineData("ty_")]
    [InlineData("ty_default_k1")]
    [InlineData("ty__k1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ty_default__AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ty_Default_k1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ty_default_k 1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ty_default_k1_AAAA")]
    public void TryParse_WhatIsNoToken_IsNone(string text) => Assert.False(ApiKeyToken.TryParse(text, out _));

    [Fact]
    public void TryParse_SecretWithSeparators_IsReadWhole()
    {
        string text = "ty_default_k1_" + new string('_', 42) + "A";

        Assert.True(ApiKeyToken.TryParse(text, out ApiKeyToken? token));
        Assert.Equal(text, token.Reveal());
    }

    [Fact]
    public async Task Recognise_SecretUnderAnotherTenantOrId_IsNobody()
    {
        IssuedKey issued = await CreateAsync(["read"]);
        IssuedKey other = await CreateAsync(["read"]);
        string secret = issued.Token.Reveal().Split('_', 4)[3];

        Assert.Null(await RecogniseAsync(Keys(), $"ty_other_{issued.Key.Id}_{secret}"));
        Assert.Null(await RecogniseAsync(Keys(), $"ty_default_{other.Key.Id}_{secret}"));
        Assert.Null(await RecogniseAsync(Keys(), $"ty_default_unknown_{secret}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ty_")]
    [InlineData("ty_default_k1")]
    [InlineData("ty_default_k1_")]
    [InlineData("ty_default_k1_AAAA")]
    [InlineData("ty_Default_k1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ty_default_.._AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ty_default_k1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    [InlineData("sk_default_k1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Parse_WhatIsNoToken_IsRefused(string text) => Assert.False(ApiKeyToken.TryParse(text, out _));

    [Fact]
    public async Task Revoke_Key_StopsAtOnceHereAndSoonElsewhere()
    {
        IssuedKey issued = await CreateAsync(["read"]);
        ApiKeys here = Keys();
        ApiKeys elsewhere = Keys();
        string token = issued.Token.Reveal();
        Assert.NotNull(await RecogniseAsync(here, token));
        Assert.NotNull(await RecogniseAsync(elsewhere, token));

        await here.RevokeAsync(TestStores.Tenant, issued.Key.Id, default);
        await here.RevokeAsync(TestStores.Tenant, issued.Key.Id, default);

        Assert.Null(await RecogniseAsync(here, token));
        stores.Clock.Advance(ApiKeys.Freshness);
        Assert.Null(await RecogniseAsync(elsewhere, token));
        Assert.NotNull((await here.GetAsync(TestStores.Tenant, issued.Key.Id, default)).Key.RevokedAt);
    }

    [Fact]
    public async Task RecogniseKnown_ProvenKey_IsKnownWithoutStorageWhileItIsFresh()
    {
        IssuedKey issued = await CreateAsync(["read"]);
        ApiKeys keys = Keys();
        string token = issued.Token.Reveal();
        Assert.Null(Known(keys, token));
        Caller? caller = await RecogniseAsync(keys, token);

        Assert.Same(caller, Known(keys, token));
        stores.Clock.Advance(ApiKeys.Freshness - TimeSpan.FromMilliseconds(1));
        Assert.Same(caller, Known(keys, token));
        stores.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(Known(keys, token));
    }

    [Fact]
    public async Task RecogniseKnown_AnyOtherText_IsNobody()
    {
        IssuedKey issued = await CreateAsync(["read"]);
        IssuedKey unproven = await CreateAsync(["read"]);
        ApiKeys keys = Keys();
        string token = issued.Token.Reveal();
        await RecogniseAsync(keys, token);
        string secret = token.Split('_', 4)[3];

        Assert.Null(Known(keys, unproven.Token.Reveal()));
        Assert.Null(Known(keys, $"ty_default_{unproven.Key.Id}_{secret}"));
        Assert.Null(Known(keys, $"ty_other_{issued.Key.Id}_{secret}"));
        Assert.All(Enumerable.Range(0, token.Length), length => Assert.Null(Known(keys, token[..length])));
        Assert.All(["=", "A", " ", "_"], more => Assert.Null(Known(keys, token + more)));
        Assert.All(["!", "=", "é", "\0", " "], other => Assert.Null(Known(keys, token[..^1] + other)));
        for (int index = 0; index < ApiKeyToken.SecretBytes; index++)
        {
            issued.Token.Secret[index] ^= 1;
            Assert.Null(Known(keys, issued.Token.Reveal()));
            issued.Token.Secret[index] ^= 1;
        }

        Assert.NotNull(Known(keys, token));
    }

    [Fact]
    public async Task RecogniseKnown_RevokedOrExpiredKey_IsNobodyAtOnce()
    {
        IssuedKey revoked = await CreateAsync(["read"]);
        IssuedKey expiring = await CreateAsync(["read"], stores.Clock.GetUtcNow().AddSeconds(2));
        ApiKeys keys = Keys();
        await RecogniseAsync(keys, revoked.Token.Reveal());
        await RecogniseAsync(keys, expiring.Token.Reveal());

        await keys.RevokeAsync(TestStores.Tenant, revoked.Key.Id, default);
        Assert.Null(Known(keys, revoked.Token.Reveal()));

        Assert.NotNull(Known(keys, expiring.Token.Reveal()));
        stores.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(Known(keys, expiring.Token.Reveal()));
        Assert.Equal("credentials_expired", (await TestStores.RefusedAsync(() => RecogniseAsync(keys, expiring.Token.Reveal()))).Code);
    }

    [Fact]
    public async Task Recognise_KeyReadBeforeItsRevocationHere_IsNotKeptAfterIt()
    {
        IssuedKey issued = await CreateAsync(["read"]);
        HeldReads held = new(stores.Documents);
        ApiKeys keys = new(held, stores.Clock);
        held.HoldNext();
        Task<Caller?> early = RecogniseAsync(keys, issued.Token.Reveal());
        await held.Read;
        await keys.RevokeAsync(TestStores.Tenant, issued.Key.Id, default);
        held.Release();

        Assert.Null(await early);
        Assert.Null(Known(keys, issued.Token.Reveal()));
        Assert.Null(await RecogniseAsync(keys, issued.Token.Reveal()));
    }

    [Fact]
    public async Task Recognise_ExpiredKey_SaysSoToItsHolderAlone()
    {
        IssuedKey issued = await CreateAsync(["read"], stores.Clock.GetUtcNow().AddHours(1));
        Assert.NotNull(await RecogniseAsync(Keys(), issued.Token.Reveal()));
        stores.Clock.Advance(TimeSpan.FromHours(1));

        Problem problem = await TestStores.RefusedAsync(() => RecogniseAsync(Keys(), issued.Token.Reveal()));
        issued.Token.Secret[0] ^= 1;

        Assert.Equal((ProblemKind.Unauthenticated, "credentials_expired"), (problem.Kind, problem.Code));
        Assert.Null(await RecogniseAsync(Keys(), issued.Token.Reveal()));
    }

    [Fact]
    public async Task Recognise_ManyTimes_WritesTheUseOncePerGranularity()
    {
        IssuedKey issued = await CreateAsync(["read"]);
        FaultyDocumentStore counting = new(stores.Documents, failingWrite: 0, FaultPoint.BeforeWrite);
        ApiKeys keys = new(counting, stores.Clock);
        DateTimeOffset first = stores.Clock.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => RecogniseAsync(keys, issued.Token.Reveal()))));
        Assert.Equal((1, (DateTimeOffset?)first), (counting.Writes, (await keys.GetAsync(TestStores.Tenant, issued.Key.Id, default)).LastUsedAt));

        stores.Clock.Advance(ApiKeys.UseGranularity);
        await RecogniseAsync(keys, issued.Token.Reveal());
        await RecogniseAsync(keys, issued.Token.Reveal());

        Assert.Equal((2, (DateTimeOffset?)stores.Clock.GetUtcNow()), (counting.Writes, (await keys.GetAsync(TestStores.Tenant, issued.Key.Id, default)).LastUsedAt));
    }

    [Theory]
    [InlineData(Scopes.Train, "deploy", "scope_not_yours")]
    [InlineData(Scopes.Admin, "platform", "scope_not_yours")]
    [InlineData(Scopes.Admin, "", "scopes_invalid")]
    [InlineData(Scopes.Admin, "Read", "scopes_invalid")]
    [InlineData(Scopes.Admin, "read,read", "scopes_invalid")]
    public async Task Create_WithScopesThatMayNotBeGiven_IsRefused(Scopes maker, string scopes, string code)
    {
        Caller caller = new(CallerKind.Key, TestStores.Tenant, "maker", maker);
        ApiKeyDraft draft = new("k", scopes.Split(',', StringSplitOptions.RemoveEmptyEntries), null);

        Problem problem = await TestStores.RefusedAsync(() => Keys().CreateAsync(caller, TestStores.Tenant, "k1", draft, default));

        Assert.Equal(code, problem.Code);
        Assert.False(await Keys().AnyAsync(default));
    }

    [Fact]
    public async Task Create_FirstKeyOfAnOpenMachine_MustBeAnAdministrators()
    {
        Problem problem = await TestStores.RefusedAsync(() => Keys().CreateAsync(Caller.Local, TestStores.Tenant, "k1", new("k", ["read"], null), default));
        Assert.Equal("first_key_not_admin", problem.Code);
        Assert.False(await Keys().AnyAsync(default));

        await Keys().CreateAsync(Caller.Local, TestStores.Tenant, "k1", new("k", ["platform"], null), default);
        Assert.True(await Keys().AnyAsync(default));
    }

    [Fact]
    public async Task Create_InThePastOrUnnamed_IsRefused()
    {
        DateTimeOffset now = stores.Clock.GetUtcNow();
        Assert.Equal("expiry_invalid", (await TestStores.RefusedAsync(() => CreateAsync(["read"], now))).Code);
        Assert.Equal("text_invalid", (await TestStores.RefusedAsync(() => Keys().CreateAsync(Admin, TestStores.Tenant, "k", new(" ", ["read"], null), default))).Code);
        Assert.Equal("text_invalid", (await TestStores.RefusedAsync(() => Keys().CreateAsync(Admin, TestStores.Tenant, "k", new("a\nb", ["read"], null), default))).Code);
    }

    [Fact]
    public async Task Create_AgainUnderTheSameId_SaysThatItIsThereAndChangesNothing()
    {
        IssuedKey issued = await Keys().CreateAsync(Admin, TestStores.Tenant, "k1", new("k", ["read"], null), default);

        Problem problem = await TestStores.RefusedAsync(() => Keys().CreateAsync(Admin, TestStores.Tenant, "k1", new("k", ["admin"], null), default));

        Assert.Equal((ProblemKind.Conflict, "key_exists"), (problem.Kind, problem.Code));
        Assert.Equal(Scopes.Read, (await RecogniseAsync(Keys(), issued.Token.Reveal()))?.Scopes);
    }

    [Theory]
    [InlineData(FaultPoint.BeforeWrite)]
    [InlineData(FaultPoint.AfterWrite)]
    public async Task Create_CrashAtAnyWrite_NeverLeavesAKeyOnAnOpenInstallation(FaultPoint point)
    {
        for (int crash = 1; crash <= 2; crash++)
        {
            using TestStores fresh = new();
            ApiKeys crashing = new(new FaultyDocumentStore(fresh.Documents, crash, point), fresh.Clock);
            await Assert.ThrowsAsync<InjectedFaultException>(() => crashing.CreateAsync(Caller.Local, TestStores.Tenant, "k1", new("k", ["admin"], null), default));

            ApiKeys after = new(fresh.Documents, fresh.Clock);
            bool isThere = (await after.ListAsync(TestStores.Tenant, PageRequest.First, default)).Items.Count > 0;
            Assert.True(!isThere || await after.AnyAsync(default));
        }
    }

    [Fact]
    public async Task List_Keys_ShowsThoseOfTheTenantAlone()
    {
        await CreateAsync(["read"]);
        Assert.True(TenantId.TryParse("other", out TenantId? other));
        await Keys().CreateAsync(Admin with { Scopes = Scopes.Platform }, other, "k2", new("theirs", ["read"], null), default);

        Assert.Equal(["mine"], (await Keys().ListAsync(TestStores.Tenant, PageRequest.First, default)).Items.Select(item => item.Key.Name));
        Assert.Equal("key_not_found", (await TestStores.RefusedAsync(() => Keys().GetAsync(TestStores.Tenant, "k2", default))).Code);
        Assert.Equal("key_not_found", (await TestStores.RefusedAsync(() => Keys().RevokeAsync(TestStores.Tenant, "k2", default))).Code);
    }

    [Theory]
    [InlineData(Scopes.Admin, Scopes.Deploy, true)]
    [InlineData(Scopes.Admin, Scopes.Platform, false)]
    [InlineData(Scopes.Platform, Scopes.Admin | Scopes.Train, true)]
    [InlineData(Scopes.Train, Scopes.Read, false)]
    [InlineData(Scopes.None, Scopes.None, true)]
    public void Hold_StrongerScopes_HoldTheWeakerBelowThem(Scopes given, Scopes wanted, bool holds) => Assert.Equal(holds, given.Hold(wanted));

    private static async Task<Caller?> RecogniseAsync(ApiKeys keys, string text) =>
        ApiKeyToken.TryParse(text, out ApiKeyToken? token) ? await keys.RecogniseAsync(token, default) : null;

    private Caller? Known(ApiKeys keys, string text) => keys.RecogniseKnown(text, stores.Clock.GetTimestamp());

    private ApiKeys Keys() => new(stores.Documents, stores.Clock);

    private Task<IssuedKey> CreateAsync(string[] scopes, DateTimeOffset? expiresAt = null) =>
        Keys().CreateAsync(Admin, TestStores.Tenant, stores.Ids.NewId(), new ApiKeyDraft("mine", scopes, expiresAt), default);
}
