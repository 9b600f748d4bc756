using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Registry.Removal;

/// <summary>What another part of the platform keeps of a model, and removes with it.</summary>
public interface IModelRemains
{
    /// <summary>Removes it. Called once the model is deleted, again after a crash, and when nothing is left.</summary>
    /// <param name="tenant">Whose model.</param>
    /// <param name="model">Its name.</param>
    /// <param name="cancellationToken">Cancels the call; a sweep goes on later.</param>
    Task RemoveAsync(TenantId tenant, string model, CancellationToken cancellationToken);
}
