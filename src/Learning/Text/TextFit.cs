using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Text;

/// <summary>What one fit needs.</summary>
/// <param name="Rows">Training rows; those without a class are left out, and a missing text has no terms.</param>
/// <param name="TextColumn">The column of texts.</param>
/// <param name="Target">The classes.</param>
/// <param name="Method">By what.</param>
public sealed record TextFit(Table Rows, string TextColumn, TargetEncoding Target, ITextMethod Method)
{
    /// <summary>Hyper-parameters; all defaults unless set.</summary>
    public LearnerSettings Settings { get; init; } = LearnerSettings.Defaults;

    /// <summary>Seed, threads, progress.</summary>
    public FitOptions Options { get; init; } = new(Seed: 0);

    /// <summary>Where the data came from, for the lineage.</summary>
    public string? Dataset { get; init; }

    /// <summary>SHA-256 of the data's bytes in lower-case hexadecimal, for the lineage.</summary>
    public string? DatasetSha256 { get; init; }
}
