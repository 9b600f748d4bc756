namespace Trainyard.Benchmarks.Performance;

/// <summary>A row of the targets, which may take several figures to answer.</summary>
/// <param name="Name">What chooses it on the command line.</param>
/// <param name="MeasureAsync">Measures it, with the number of turns.</param>
internal sealed record PerformanceRow(string Name, Func<int, Task<IReadOnlyList<Figure>>> MeasureAsync);
