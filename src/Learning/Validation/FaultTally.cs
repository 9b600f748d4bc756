using Trainyard.Learning.Data;

namespace Trainyard.Learning.Validation;

/// <summary>Counts the rows with one fault and remembers the first few.</summary>
internal sealed class FaultTally(Column column, RowLines? lines)
{
    private readonly List<int> first = new(Violation.MaxExamples);

    public int Count { get; private set; }

    /// <summary>Rows must come in ascending order.</summary>
    public void Add(int row)
    {
        Count++;
        if (first.Count < Violation.MaxExamples)
        {
            first.Add(row);
        }
    }

    public Violation ToViolation(ExpectationKind kind, string message) => new(kind, column.Name, Count, message, [.. first.Select(Example)]);

    private ViolationExample Example(int row) =>
        new(row + 1, lines?.LineOf(row), column.TextAt(row) is { } text ? ColumnProfiler.Shortened(text) : null);
}
