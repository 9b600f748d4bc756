namespace Trainyard.Learning.Validation;

/// <summary>What a table can fail to be.</summary>
public enum ExpectationKind
{
    /// <summary>It has too few or too many rows.</summary>
    RowCount,

    /// <summary>A column is not there.</summary>
    ColumnMissing,

    /// <summary>A column is there that nobody expects.</summary>
    ColumnUnknown,

    /// <summary>Values are not of the column's type.</summary>
    Type,

    /// <summary>Too many values are missing.</summary>
    Missing,

    /// <summary>Numbers or dates lie out of bounds.</summary>
    Range,

    /// <summary>Values are none of the known ones.</summary>
    Set,

    /// <summary>Values do not match the pattern.</summary>
    Pattern,

    /// <summary>Matching a value took too long; it and the values behind it are not decided.</summary>
    PatternTimeout,

    /// <summary>Values are there more than once.</summary>
    Unique,

    /// <summary>The newest date is too old.</summary>
    Freshness,
}
