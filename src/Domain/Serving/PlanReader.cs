using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Domain.Serving;

/// <summary>Reads what is deployed of a model, and loads it. Thread safe.</summary>
internal sealed class PlanReader(ModelRegistry registry, ModelStore store, FallbackAlarm alarm)
{
    // A version that is deleted between the reading of the head and its own was replaced in between; twice in a row is chance.
    private const int MaxAttempts = 3;

    /// <summary>What a request names, loaded.</summary>
    /// <param name="key">What it names.</param>
    /// <param name="last">What that led to before, to take over what is loaded already.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">
    /// <c>model_not_found</c>, <c>model_deleted</c>, <c>model_not_deployed</c>, <c>model_version_not_found</c>, <c>model_version_deleted</c>,
    /// <c>model_file_elsewhere</c>; <c>model_corrupt</c>, <c>model_too_large</c>: and nothing can stand in.
    /// </exception>
    public async Task<ServingPlan> ReadAsync(RouteKey key, ServingPlan? last, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return key.Version is { } label
                    ? await NamedAsync(key, label, last, cancellationToken)
                    : await DeployedAsync(key.Tenant, await registry.GetHeadAsync(key.Tenant, key.IdOrName, cancellationToken), last, cancellationToken);
            }
            catch (ProblemException gone) when (gone.Problem.Code == "model_version_deleted" && key.Version is null && attempt < MaxAttempts)
            {
                // The head that was read is not the model's any more.
            }
        }
    }

    private async Task<ServingPlan> NamedAsync(RouteKey key, string label, ServingPlan? last, CancellationToken cancellationToken)
    {
        RegisteredModel head = await registry.GetHeadAsync(key.Tenant, key.IdOrName, cancellationToken);
        ModelVersion version = await registry.GetVersionAsync(key.Tenant, head, label, cancellationToken);
        CachedModel model = last?.Find(version.ModelId, version.Sequence) ?? await store.GetAsync(key.Tenant, version, cancellationToken);
        return new ServingPlan(new ServedVersion(version.Sequence, model), head.Traffic.LogRate, head.PersonalColumns);
    }

    private async Task<ServingPlan> DeployedAsync(TenantId tenant, RegisteredModel model, ServingPlan? last, CancellationToken cancellationToken)
    {
        if (model.DeployedSequence is not { } deployed)
        {
            throw RegistryProblems.NotDeployed(model.Name);
        }

        ServedVersion primary = await PrimaryAsync(tenant, model, deployed, last, cancellationToken);
        List<ServedVersion> versions = [primary];
        foreach (VersionShare share in model.Shares.Where(share => share.Sequence != deployed))
        {
            CachedModel? own = await TryLoadAsync(tenant, model, share.Sequence, last, primary.Model, cancellationToken);
            versions.Add(new ServedVersion(share.Sequence, own ?? primary.Model));
        }

        List<ServedShadow> shadows = [];
        foreach (VersionShare share in model.Traffic.Shadows)
        {
            if (await TryLoadAsync(tenant, model, share.Sequence, last, standIn: null, cancellationToken) is { } shadow)
            {
                shadows.Add(new ServedShadow(shadow, share.Points));
            }
        }

        return new ServingPlan(primary, [.. versions], model.Traffic, [.. shadows], model.DeploymentCount) { PersonalColumns = [.. model.PersonalColumns] };
    }

    private async Task<ServedVersion> PrimaryAsync(TenantId tenant, RegisteredModel model, int deployed, ServingPlan? last, CancellationToken cancellationToken)
    {
        try
        {
            return new ServedVersion(deployed, await LoadAsync(tenant, model, deployed, last, cancellationToken));
        }
        catch (ProblemException broken) when (broken.Problem.Code == "model_corrupt")
        {
            foreach (int sequence in StandIns(model).Where(sequence => sequence != deployed))
            {
                if (await TryLoadAsync(tenant, model, sequence, last, standIn: null, cancellationToken) is { } standIn)
                {
                    await alarm.RaiseAsync(tenant, model, deployed, standIn.Version, broken.Problem, last, cancellationToken);
                    return new ServedVersion(deployed, standIn);
                }
            }

            throw;
        }
    }

    private static IEnumerable<int> StandIns(RegisteredModel model) => new[] { model.Traffic.Fallback, model.PreviousSequence }.OfType<int>().Distinct();

    // A version beside the deployed one never keeps that from answering.
    private async Task<CachedModel?> TryLoadAsync(
        TenantId tenant, RegisteredModel model, int sequence, ServingPlan? last, CachedModel? standIn, CancellationToken cancellationToken)
    {
        try
        {
            return await LoadAsync(tenant, model, sequence, last, cancellationToken);
        }
        catch (ProblemException broken)
        {
            if (standIn is not null)
            {
                await alarm.RaiseAsync(tenant, model, sequence, standIn.Version, broken.Problem, last, cancellationToken);
            }

            return null;
        }
    }

    private async Task<CachedModel> LoadAsync(TenantId tenant, RegisteredModel model, int sequence, ServingPlan? last, CancellationToken cancellationToken) =>
        last?.Find(model.Id, sequence)
        ?? await store.GetAsync(tenant, await registry.GetVersionAsync(tenant, model, sequence, cancellationToken), cancellationToken);
}
