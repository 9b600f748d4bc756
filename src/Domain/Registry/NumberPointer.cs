namespace Trainyard.Domain.Registry;

/// <summary>Leads from the run or operation that caused a record to the number of that record.</summary>
/// <param name="Number">Sequence of a version, or number of a deployment.</param>
internal sealed record NumberPointer(int Number);
