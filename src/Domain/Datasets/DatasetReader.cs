using Trainyard.Learning.Data;

namespace Trainyard.Domain.Datasets;

/// <summary>Turns the content of a dataset into a table.</summary>
internal static class DatasetReader
{
    /// <exception cref="Learning.LearningException">The content cannot be read as its format.</exception>
    public static async Task<Table> ReadAsync(Stream content, DatasetFormat format, ReadLimits limits, CancellationToken cancellationToken) => format switch
    {
        DatasetFormat.Csv => await CsvSource.ReadAsync(content, CsvOptions.Default with { Limits = limits }, cancellationToken),
        DatasetFormat.Ndjson => await NdjsonSource.ReadAsync(content, NdjsonOptions.Default with { Limits = limits }, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "A format without a reader."),
    };
}
