namespace Trainyard.Domain.Batches;

/// <summary>A stretch of rows that was set aside because it could not be predicted at all.</summary>
/// <param name="FirstRow">1-based number of the first.</param>
/// <param name="Rows">How many.</param>
/// <param name="Failure">Why.</param>
public sealed record FailedRows(long FirstRow, int Rows, BatchFailure Failure);
