namespace Trainyard.Functions.Http.Mlflow;

// The bodies of MLflow's calls, one line each, as the protocol names them (mlflow/protos/model_registry.proto).

/// <summary>Makes a model.</summary>
internal sealed record CreateMlflowModel(string Name, IReadOnlyList<MlflowTag>? Tags = null, string? Description = null);

/// <summary>Names a model, or describes it.</summary>
internal sealed record NameMlflowModel(string Name, string? Description = null);

/// <summary>Asks for the newest version of each stage.</summary>
internal sealed record LatestMlflowVersions(string Name, IReadOnlyList<string>? Stages = null);

/// <summary>Sets a tag of a model, or removes it when there is no value.</summary>
internal sealed record TagMlflowModel(string Name, string Key, string? Value = null);

/// <summary>Sets an alias, or removes it when there is no version.</summary>
internal sealed record AliasMlflowModel(string Name, string Alias, string? Version = null);

/// <summary>Makes a version.</summary>
internal sealed record CreateMlflowVersion(
    string Name,
    string Source,
    string? RunId = null,
    IReadOnlyList<MlflowTag>? Tags = null,
    string? RunLink = null,
    string? Description = null,
    string? ModelId = null);

/// <summary>Names a version, or describes it.</summary>
internal sealed record NameMlflowVersion(string Name, string Version, string? Description = null);

/// <summary>Moves a version to a stage.</summary>
internal sealed record TransitionMlflowVersion(string Name, string Version, string Stage, bool ArchiveExistingVersions = false);

/// <summary>Sets a tag of a version, or removes it when there is no value.</summary>
internal sealed record TagMlflowVersion(string Name, string Version, string Key, string? Value = null);
