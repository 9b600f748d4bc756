namespace Trainyard.Domain.Batches;

/// <summary>What a look after the jobs did, for a log.</summary>
/// <param name="Lost">Jobs whose orchestration had ended without them; they were ended.</param>
/// <param name="Left">Jobs that could not be looked after, with the reason.</param>
public sealed record BatchReport(IReadOnlyList<BatchKey> Lost, IReadOnlyList<(BatchKey Job, Exception Failure)> Left);
