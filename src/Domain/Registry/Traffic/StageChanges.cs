using Trainyard.Domain.Documents;
using Trainyard.Domain.Registry.Storage;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>Which versions enter and leave production with a step; whoever enters must be fit.</summary>
internal sealed class StageChanges(ModelRecords records, RegisteredModel model, TrafficStep step)
{
    private readonly int[] before = [.. model.Shares.Select(share => share.Sequence)];

    /// <summary>Adds them to a change.</summary>
    public async Task ApplyAsync(ModelChange change, Deployment deployment, CancellationToken cancellationToken)
    {
        int[] after = [.. deployment.Shares.Select(share => share.Sequence)];
        foreach (int left in before.Except(after))
        {
            change.Move(await records.VersionAsync(left, cancellationToken), ModelStage.Archived);
        }

        ModelVersion? compared = await ComparedAsync(cancellationToken);
        foreach (int entering in after.Except(before))
        {
            Stored<ModelVersion> version = await records.VersionAsync(entering, cancellationToken);
            change.Move(RequireFit(version, compared), ModelStage.Production);
        }

        foreach (VersionShare shadow in step.Plan.Shadows.Except(model.Traffic.Shadows))
        {
            RequireFile((await records.VersionAsync(shadow.Sequence, cancellationToken)).Value);
        }

        if (step.Plan.Fallback is { } fallback && fallback != model.Traffic.Fallback)
        {
            RequireFile((await records.VersionAsync(fallback, cancellationToken)).Value);
        }
    }

    // What others' inputs are held against; null when they may be whatever they are.
    private async Task<ModelVersion?> ComparedAsync(CancellationToken cancellationToken) =>
        !step.AllowsOtherSchema && model.DeployedSequence is { } sequence ? (await records.VersionAsync(sequence, cancellationToken)).Value : null;

    private Stored<ModelVersion> RequireFit(Stored<ModelVersion> version, ModelVersion? compared)
    {
        if (version.Value.Stage == ModelStage.Draft)
        {
            throw RegistryProblems.MoveRefused(version.Value, ModelStage.Production);
        }

        RequireFile(version.Value);
        if (compared is not null && SchemaChange.Describe(compared, version.Value) is { } difference)
        {
            throw TrafficProblems.OtherSchema(compared, version.Value, difference);
        }

        return version;
    }

    private static void RequireFile(ModelVersion version)
    {
        if (version.Artifact == ModelArtifact.Elsewhere)
        {
            throw RegistryProblems.FileElsewhere(version);
        }
    }
}
