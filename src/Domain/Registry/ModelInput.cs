using Trainyard.Learning.Data;
using Trainyard.Learning.Forecasting;

namespace Trainyard.Domain.Registry;

/// <summary>A column that a model reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in lower case: <c>number</c>, <c>boolean</c>, <c>date</c>, <c>category</c>, <c>text</c>.</param>
public sealed record ModelInput(string Name, string Type)
{
    /// <summary>The columns of a table, in their order.</summary>
    internal static IReadOnlyList<ModelInput> AllOf(TableSchema columns) => [.. columns.Columns.Select(column => new ModelInput(column.Name, Word(column.Type)))];

    /// <summary>What a forecaster reads: the times of its series.</summary>
    /// <param name="timeColumn">The column of the times.</param>
    /// <param name="axis">The times.</param>
    internal static IReadOnlyList<ModelInput> TimesOf(string timeColumn, TimeAxis axis) =>
        [new ModelInput(timeColumn, Word(axis.Unit == TimeUnit.Number ? ColumnType.Number : ColumnType.Date))];

    private static string Word(ColumnType type) => type.ToString().ToLowerInvariant();
}
