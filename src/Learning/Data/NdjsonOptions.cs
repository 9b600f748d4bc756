namespace Trainyard.Learning.Data;

/// <summary>How a file of JSON objects, one a line, is to be read.</summary>
public sealed record NdjsonOptions
{
    /// <summary>Default limits, types inferred.</summary>
    public static NdjsonOptions Default { get; } = new();

    /// <summary>Texts that stand for a missing value, beside <c>null</c> and an absent member.</summary>
    public MissingMarkers MissingMarkers { get; init; } = MissingMarkers.Default;

    /// <summary>What the columns must be; null to infer it. Members that it does not name are an error.</summary>
    public TableSchema? Schema { get; init; }

    /// <summary>Bounds.</summary>
    public ReadLimits Limits { get; init; } = ReadLimits.Default;
}
