namespace Trainyard.Domain.Ports;

/// <summary>The kinds of change a store knows.</summary>
public enum DocumentWriteKind
{
    /// <summary>Add; conflict when present.</summary>
    Insert,

    /// <summary>Replace; the ETag must match.</summary>
    Replace,

    /// <summary>Add or overwrite.</summary>
    Upsert,

    /// <summary>Remove; with an ETag it must match.</summary>
    Delete,
}
