using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Models.Streaming;

/// <summary>What a fit needs on rows that stay in their file.</summary>
/// <param name="Rows">The file; rows without a target are left out.</param>
/// <param name="Target">The column to predict.</param>
public sealed record StreamedFit(RowSource Rows, string Target)
{
    /// <summary>The task if it is known; null to infer it from the target, as <see cref="TargetEncoding.Infer"/> does.</summary>
    public LearningTask? Task { get; init; }

    /// <summary>Hyper-parameters of <c>gradient_boosting</c>; all defaults unless set.</summary>
    public LearnerSettings Settings { get; init; } = LearnerSettings.Defaults;

    /// <summary>Seed, threads, and who is told of the rounds.</summary>
    public FitOptions Options { get; init; } = new(Seed: 0);

    /// <summary>Bounds of the feature plan; null for the defaults.</summary>
    public FeaturePlanOptions? PlanOptions { get; init; }

    /// <summary>Share of the labelled rows, drawn by the seed, that is only looked at to stop early; 0 for none, below 1.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>True to weigh rows so that every class counts the same.</summary>
    public bool BalanceClasses { get; init; }

    /// <summary>Which way predictions may move with columns, as <see cref="MonotoneColumns.Check"/> tells; null for no constraint.</summary>
    public IReadOnlyDictionary<string, int>? Monotone { get; init; }

    /// <summary>True to keep the distributions of the training rows with the model.</summary>
    public bool KeepsReference { get; init; } = true;

    /// <summary>Where the data came from, for the lineage; its hash is taken while reading.</summary>
    public string? Dataset { get; init; }

    /// <summary>Told after every block of rows; null when nobody listens.</summary>
    public IProgress<ReadingProgress>? Reading { get; init; }
}
