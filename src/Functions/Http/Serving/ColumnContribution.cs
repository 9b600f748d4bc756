namespace Trainyard.Functions.Http.Serving;

/// <summary>What a column adds to a score.</summary>
/// <param name="Column">The column.</param>
/// <param name="Value">What it adds, or takes away.</param>
internal sealed record ColumnContribution(string Column, double Value);
