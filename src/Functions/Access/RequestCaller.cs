using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Access;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Telemetry;

namespace Trainyard.Functions.Access;

/// <summary>The one place that says whose request it is.</summary>
internal static class RequestCaller
{
    /// <summary>Who sends it.</summary>
    /// <exception cref="InvalidOperationException">Nobody was let in: the function is public, and must not ask.</exception>
    public static Caller Of(HttpRequest request) => request.HttpContext.Features.Get<Caller>()
        ?? throw new InvalidOperationException("A public function has no caller.");

    /// <summary>For whom.</summary>
    public static TenantId TenantOf(HttpRequest request) => Of(request).Tenant;

    /// <summary>Records who was let in.</summary>
    public static void Set(HttpContext http, Caller caller)
    {
        http.Features.Set(caller);
        InvocationScope.SetTenant(caller.Tenant.Value);
    }
}
