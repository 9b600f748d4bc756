using Trainyard.Learning.Data.Ranges;

namespace Trainyard.Domain.Batches.Steps;

/// <summary>How the rows of a job are cut into stretches; a file of the job, for it grows with them.</summary>
/// <param name="Columns">Columns of the source.</param>
/// <param name="Delimiter">Of its fields.</param>
/// <param name="Ranges">The stretches.</param>
public sealed record BatchPlan(IReadOnlyList<string> Columns, char Delimiter, IReadOnlyList<RowRange> Ranges);
