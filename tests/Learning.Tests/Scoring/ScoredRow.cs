using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tests.Scoring;

/// <summary>What came of a row.</summary>
internal sealed record ScoredRow(string Id, double[] Outputs, RowFault? Fault);
