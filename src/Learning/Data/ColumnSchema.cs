namespace Trainyard.Learning.Data;

/// <summary>What is known of a column beside its values.</summary>
/// <param name="Name">Its name, unique in its table.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Nullable">Whether values may be missing. Inferred: whether any was.</param>
public sealed record ColumnSchema(string Name, ColumnType Type, bool Nullable = true);
