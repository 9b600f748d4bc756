using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Functions.Http;

/// <summary>The one place that says whose request it is. Until callers carry keys, everything belongs to the default tenant.</summary>
internal static class RequestTenant
{
    public static TenantId Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TenantId.Default;
    }
}
