using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Trainyard.Domain.Batches.Results;
using Trainyard.Domain.Json;
using Trainyard.Domain.Naming;

namespace Trainyard.Domain.Batches;

/// <summary>What a caller asks for when starting a prediction job; null stands for the default.</summary>
/// <remarks>The annotations tell callers what <see cref="Starting.BatchStarter"/> enforces.</remarks>
public sealed record BatchDefinition
{
    /// <summary>Characters of a column's name at most.</summary>
    public const int MaxColumnNameLength = 256;

    /// <summary>Required: a model's id or name.</summary>
    [Required, RegularExpression(ResourceName.Pattern)]
    public string? ModelId { get; init; }

    /// <summary><c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias. Default: what is deployed when the job is started, to its end.</summary>
    [RegularExpression(ResourceName.Pattern)]
    public string? Version { get; init; }

    /// <summary>Where the rows are: <c>dataset://name</c>, <c>dataset://name/version</c>, <c>blob://container/path</c> or <c>https://…</c>. Columns that the model does not read are no fault. Default: <see cref="Instances"/>.</summary>
    [StringLength(Datasets.DatasetUri.MaxLength, MinimumLength = 1)]
    public string? DatasetUri { get; init; }

    /// <summary>The rows themselves, each an object of column names and values, as for a prediction. Default: <see cref="DatasetUri"/>.</summary>
    public JsonElement? Instances { get; init; }

    /// <summary>A column that is written beside each prediction. Default: none.</summary>
    [StringLength(MaxColumnNameLength, MinimumLength = 1)]
    public string? IdColumn { get; init; }

    /// <summary>How the file of results is written. Default: <c>csv</c>.</summary>
    [OneOf(typeof(ResultFormats), nameof(ResultFormats.Names))]
    public string? OutputFormat { get; init; }

    /// <summary>Whether the results of a classifier hold the probability of each class. Default: true.</summary>
    public bool? Probabilities { get; init; }
}
