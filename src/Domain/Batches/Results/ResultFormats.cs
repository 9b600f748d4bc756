namespace Trainyard.Domain.Batches.Results;

/// <summary>The words for formats of results, and what files of them are called.</summary>
public static class ResultFormats
{
    private const string Csv = "csv";
    private const string JsonLines = "jsonl";

    /// <summary>Every format, as callers name it.</summary>
    public static IReadOnlyList<string> Names { get; } = [Csv, JsonLines];

    /// <summary>Reads a word; false when it is none.</summary>
    public static bool TryParse(string word, out ResultFormat format)
    {
        format = word == JsonLines ? ResultFormat.JsonLines : ResultFormat.Csv;
        return word is Csv or JsonLines;
    }

    /// <summary>The word, which ends the file's name too.</summary>
    public static string Word(this ResultFormat format) => format == ResultFormat.JsonLines ? JsonLines : Csv;

    /// <summary>The media type of such a file.</summary>
    public static string MediaType(this ResultFormat format) => format == ResultFormat.JsonLines ? "application/x-ndjson" : "text/csv";
}
