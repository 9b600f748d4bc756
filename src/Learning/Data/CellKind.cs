namespace Trainyard.Learning.Data;

/// <summary>The three things a <see cref="Cell"/> can be.</summary>
public enum CellKind
{
    /// <summary>No value.</summary>
    Missing,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,
}
