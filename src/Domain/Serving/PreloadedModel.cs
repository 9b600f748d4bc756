using System.Diagnostics.CodeAnalysis;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Serving;

/// <summary>A model that is loaded when the host starts.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Name">Its id or name.</param>
public sealed record PreloadedModel(TenantId Tenant, string Name)
{
    /// <summary>Reads <c>name</c>, of the default tenant, or <c>tenant/name</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PreloadedModel? model)
    {
        string[] parts = text.Split('/');
        model = parts switch
        {
            [var name] when ResourceName.IsValid(name) => new PreloadedModel(TenantId.Default, name),
            [var tenant, var name] when ResourceName.IsValid(name) && TenantId.TryParse(tenant, out TenantId? owner) => new PreloadedModel(owner, name),
            _ => null,
        };
        return model is not null;
    }
}
