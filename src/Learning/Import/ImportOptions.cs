namespace Trainyard.Learning.Import;

/// <summary>What a model file from elsewhere does not say.</summary>
public sealed record ImportOptions
{
    /// <summary>The name of the target by default.</summary>
    public const string DefaultTarget = "target";

    /// <summary>Bytes that are read at most by default: 256 MiB, which take some four times as much memory.</summary>
    public const int DefaultMaximumBytes = 256 << 20;

    /// <summary>The columns to predict from, in the order of the file's features; null for the names in the file, or <c>x0</c>, <c>x1</c> and so on.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What the predicted column is called.</summary>
    public string Target { get; init; } = DefaultTarget;

    /// <summary>The classes in the order of the file's; null for the labels in the file, or <c>0</c>, <c>1</c> and so on.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Larger files are refused.</summary>
    public int MaximumBytes { get; init; } = DefaultMaximumBytes;
}
