namespace Trainyard.Domain.Registry;

/// <summary>Which models of a list are wanted.</summary>
public sealed record ModelFilter
{
    /// <summary>Every model.</summary>
    public static ModelFilter All { get; } = new();

    /// <summary>What names begin with, itself a valid name; null for all.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>The task of the version that stands for a model; null for all.</summary>
    public string? Task { get; init; }

    /// <summary>The stage of the version that stands for a model; null for all.</summary>
    public ModelStage? Stage { get; init; }

    /// <summary>Its status; null for all.</summary>
    public ModelStatus? Status { get; init; }

    /// <summary>Whether a model is wanted; its name is looked for by range already.</summary>
    internal bool Lets(ModelOverview overview) =>
        (Task is null || overview.Version?.Task == Task)
        && (Stage is null || overview.Version?.Stage == Stage)
        && (Status is null || overview.Model.Status == Status);
}
