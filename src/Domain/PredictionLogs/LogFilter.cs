using System.Text;
using System.Text.Json;
using Trainyard.Domain.Serving.Ids;

namespace Trainyard.Domain.PredictionLogs;

/// <summary>Which rows are wanted.</summary>
/// <param name="from">The earliest moment, itself included.</param>
/// <param name="to">The latest moment, itself not included.</param>
/// <param name="version">The label of the version; null for any.</param>
/// <param name="prediction">The prediction; null for any.</param>
internal sealed class LogFilter(DateTimeOffset from, DateTimeOffset to, string? version, PredictionId? prediction)
{
    // Up to what was predicted, which the log does not have where the target is personal.
    private readonly string id = prediction is { } wanted ? Named(wanted) : string.Empty;
    private readonly byte[] idUtf8 = prediction is { } wanted ? Encoding.ASCII.GetBytes(Named(wanted)) : [];

    public DateTimeOffset From => from;

    public DateTimeOffset To => to;

    /// <summary>Whether at most one row can be wanted.</summary>
    public bool IsOfOne => prediction is not null;

    /// <summary>The row of a line; null when it is not wanted.</summary>
    public LoggedPrediction? Read(ReadOnlySpan<byte> line)
    {
        // Most lines are not the one that is looked for, which their bytes tell.
        if (idUtf8.Length > 0 && line.IndexOf(idUtf8) < 0)
        {
            return null;
        }

        LoggedPrediction row = JsonSerializer.Deserialize(line, PredictionLogJson.Default.LoggedPrediction)
            ?? throw new InvalidDataException("A line of the prediction log holds null.");
        return row.Time >= from && row.Time < to && (version is null || row.Version == version) && row.PredictionId.StartsWith(id, StringComparison.Ordinal) ? row : null;
    }

    private static string Named(PredictionId id)
    {
        string text = id.ToString();
        return text[..(text.LastIndexOf('-') + 1)];
    }
}
