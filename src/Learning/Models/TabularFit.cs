using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Models;

/// <summary>What one fit needs.</summary>
/// <param name="Rows">Training rows; those without a target are left out.</param>
/// <param name="Target">What to predict.</param>
/// <param name="Learner">By what.</param>
public sealed record TabularFit(Table Rows, TargetEncoding Target, ILearner Learner)
{
    /// <summary>Hyper-parameters; all defaults unless set.</summary>
    public LearnerSettings Settings { get; init; } = LearnerSettings.Defaults;

    /// <summary>Seed, threads, progress.</summary>
    public FitOptions Options { get; init; } = new(Seed: 0);

    /// <summary>Rows that are only looked at, to stop early; null for none.</summary>
    public Table? Validation { get; init; }

    /// <summary>Bounds of the feature plan; null for the defaults.</summary>
    public FeaturePlanOptions? PlanOptions { get; init; }

    /// <summary>True to weigh rows so that every class counts the same.</summary>
    public bool BalanceClasses { get; init; }

    /// <summary>True to standardise numbers even for a learner that does not need it.</summary>
    public bool Standardize { get; init; }

    /// <summary>Which way predictions may move with columns, as <see cref="MonotoneColumns.Check"/> tells; null for no constraint.</summary>
    public IReadOnlyDictionary<string, int>? Monotone { get; init; }

    /// <summary>True to keep the distributions of the training rows with the model; false for models that nobody will serve.</summary>
    public bool KeepsReference { get; init; } = true;

    /// <summary>Where the data came from, for the lineage.</summary>
    public string? Dataset { get; init; }

    /// <summary>SHA-256 of the data's bytes in lower-case hexadecimal, for the lineage.</summary>
    public string? DatasetSha256 { get; init; }
}
