using System.Collections.ObjectModel;
using Trainyard.Learning;

namespace Trainyard.Domain.Registry.Uploads;

/// <summary>What is said of a model file that comes from elsewhere.</summary>
/// <param name="ModelName">The model; made when it is new.</param>
public sealed record ModelUpload(string ModelName)
{
    /// <summary>What the predicted column is called; null for what the file says, or <c>target</c>. A forecaster's file does not say.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// The columns in the order of the file's features; null for the names in the file, or <c>x0</c>, <c>x1</c> and so on. Of a forecaster
    /// the column of its times; null for <c>time</c>.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The classes in the order of the file's; null for the labels in the file, or <c>0</c>, <c>1</c> and so on.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Scores that it had where it was trained, by metric.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>Draft, or staging when it may be deployed.</summary>
    public ModelStage Stage { get; init; } = ModelStage.Staging;

    /// <summary>What it is, in words; null to say nothing.</summary>
    public string? Description { get; init; }

    /// <summary>What to note of it, by key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Where it comes from; null for the request alone.</summary>
    public string? Uri { get; init; }

    /// <summary>The run that trained it there; null when that is not known.</summary>
    public string? RunId { get; init; }

    /// <summary>Where that run is shown; null when that is not known.</summary>
    public string? RunLink { get; init; }

    /// <summary>Whether the file is one of this installation's, its hash found right, so that engines may read it too. Never of what a client sends.</summary>
    public bool IsOwnFile { get; private init; }

    /// <summary>The same about a copy of a version's file: its scores, and the names that its file does not say.</summary>
    /// <param name="source">The version.</param>
    public ModelUpload ForCopyOf(ModelVersion source) => source.Task == LearningTask.Forecasting.Word()
        ? this with { IsOwnFile = true, Metrics = source.Metrics, Target = source.Lineage.TargetColumn, Columns = [.. source.Inputs.Select(input => input.Name)] }
        : this with { IsOwnFile = true, Metrics = source.Metrics };
}
