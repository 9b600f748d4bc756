using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Idempotency;
using Trainyard.Domain.Limits;
using Trainyard.Domain.Paging;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Access;
using Trainyard.Functions.Http.Audit;
using Trainyard.Functions.Http.Contracts;

namespace Trainyard.Functions.Http.Access;

/// <summary><c>/api/v1/keys</c>: a tenant's API keys.</summary>
public sealed class KeyFunctions(ApiKeys keys, IdempotencyLedger ledger, IIdSource ids)
{
    private const string Route = "api/v1/keys";
    private const string CreateOperation = "create-key";

    /// <summary>Makes a key: 201 with its token, which is never shown again.</summary>
    [Function("CreateKey")]
    [Operation(Scopes.Admin, LimitClass.Write)]
    [Takes<KeyRequest>(typeof(KeyWire), """{"name": "nightly batch", "scopes": ["read", "predict"], "expires_at": "2100-01-01T00:00:00Z"}""")]
    [Idempotent]
    [Answers<IssuedKeyView>(typeof(KeyWire), StatusCodes.Status201Created)]
    [Refuses(ProblemKind.Forbidden, "scope_not_yours")]
    [Refuses(ProblemKind.Conflict, "key_exists")]
    [Refuses(ProblemKind.Unprocessable, "text_invalid", "scopes_invalid", "expiry_invalid", "first_key_not_admin", "tenant_invalid")]
    public async Task<IResult> CreateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        (KeyRequest body, string hash) = await JsonBody.ReadHashedAsync(request, KeyWire.Default.KeyRequest, cancellationToken);
        Caller caller = RequestCaller.Of(request);

        // The answer holds a secret, so it is not recorded: a repeat finds the key by its id and says that it is there.
        string id = IdempotentRequest.Key(request) is { } key
            ? (await ledger.ReserveAsync(caller.Tenant, CreateOperation, key, hash, cancellationToken)).Id
            : ids.NewId();
        IssuedKey issued = await keys.CreateAsync(caller, TenantFor(caller, body), id, new ApiKeyDraft(body.Name, body.Scopes, body.ExpiresAt), cancellationToken);
        AuditNote.Of(request).After(KeyView.Of(issued.Key, lastUsedAt: null), KeyWire.Default.KeyView);
        return ApiResult.Created($"/{Route}/{id}", IssuedKeyView.Of(issued), KeyWire.Default.IssuedKeyView);
    }

    /// <summary>Lists keys, revoked and expired ones included; never their secrets.</summary>
    [Function("ListKeys")]
    [Operation(Scopes.Admin, LimitClass.Read)]
    [Paged]
    [Answers<ResultPage<KeyView>>(typeof(KeyWire))]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        ResultPage<KeyStatus> page = await keys.ListAsync(RequestCaller.TenantOf(request), QueryParameters.Page(request), cancellationToken);
        return ApiResult.Ok(page.Select(KeyView.Of), KeyWire.Default.ResultPageKeyView);
    }

    /// <summary>Shows a key.</summary>
    [Function("GetKey")]
    [Operation(Scopes.Admin, LimitClass.Read)]
    [Answers<KeyView>(typeof(KeyWire))]
    [Refuses(ProblemKind.NotFound, "key_not_found")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{id}")] HttpRequest request, [Path("The key's id.", "01900000-0000-7000-8000-000000000001")] string id, CancellationToken cancellationToken) =>
        ApiResult.Ok(KeyView.Of(await keys.GetAsync(RequestCaller.TenantOf(request), id, cancellationToken)), KeyWire.Default.KeyView);

    /// <summary>Revokes a key for good.</summary>
    [Function("RevokeKey")]
    [Operation(Scopes.Admin, LimitClass.Write)]
    [Answer(StatusCodes.Status204NoContent)]
    [Refuses(ProblemKind.NotFound, "key_not_found")]
    public async Task<IResult> RevokeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{id}")] HttpRequest request, [Path("The key's id.", "01900000-0000-7000-8000-000000000001")] string id, CancellationToken cancellationToken)
    {
        TenantId tenant = RequestCaller.TenantOf(request);
        KeyStatus before = await keys.GetAsync(tenant, id, cancellationToken);
        AuditNote.Of(request).Before(KeyView.Of(before), KeyWire.Default.KeyView);
        ApiKey revoked = await keys.RevokeAsync(tenant, id, cancellationToken);
        AuditNote.Of(request).After(KeyView.Of(revoked, before.LastUsedAt), KeyWire.Default.KeyView);
        return ApiResult.NoContent;
    }

    private static TenantId TenantFor(Caller caller, KeyRequest body)
    {
        if (body.Tenant is null || body.Tenant == caller.Tenant.Value)
        {
            return caller.Tenant;
        }

        if (!caller.May(Scopes.Platform))
        {
            throw AccessProblems.ScopeMissing(Scopes.Platform);
        }

        return TenantId.TryParse(body.Tenant, out TenantId? tenant)
            ? tenant
            : throw new ProblemException(new Problem(
                ProblemKind.Unprocessable, "tenant_invalid", $"'tenant' must have 1 to {TenantId.MaxLength} lower-case letters, digits and hyphens, no hyphen first.", "tenant"));
    }
}
