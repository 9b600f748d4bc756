using System.Globalization;
using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Tables;

namespace Trainyard.Domain.Serving;

/// <summary>The refusals of serving.</summary>
internal static class ServingProblems
{
    private const int MaxNamesShown = 50;
    private const int MaxShown = 64;

    public static ProblemException ModelTooLarge(string model, long maxBytes) => new(new Problem(
        ProblemKind.Unprocessable,
        "model_too_large",
        string.Create(CultureInfo.InvariantCulture, $"Model '{model}' takes more than the {maxBytes} bytes of memory that this host has for models; the setting is Trainyard:Serving:MaxModelBytes."),
        "model"));

    public static ProblemException NoInstances(PredictFields fields)
    {
        string one = $"{{\"{fields.Row}\": {{\"column\": value, …}}}}";
        return new(new Problem(
            ProblemKind.Malformed,
            "instances_missing",
            fields.Rows is null ? $"Send {one}." : $"Send {{\"{fields.Rows}\": [{{\"column\": value, …}}, …]}}, or one row as {one}.",
            fields.Rows ?? fields.Row));
    }

    public static ProblemException NoRequests() => new(new Problem(
        ProblemKind.Malformed, "requests_missing", "Send {\"requests\": [{\"modelId\": model, \"input\": {\"column\": value, …}}, …]}.", "requests"));

    public static ProblemException NoRow(string list, int row, JsonTokenType found) => new(new Problem(
        ProblemKind.Malformed, "field_type", $"Row {Text(row)} must be an object of column names and values, not {JsonProblems.Describe(found)}.", list) { Row = row });

    public static ProblemException ExplainOutOfRange(string field) => new(new Problem(
        ProblemKind.Unprocessable, "option_out_of_range", $"'{field}' is how many columns an explanation lists, a whole number from 1 to {Text(PredictWords.MaxExplained)}.", field));

    public static ProblemException OptionUnknown(string field, IEnumerable<string> words) => new(new Problem(
        ProblemKind.Unprocessable, "option_unknown", $"'{field}' is one of: {string.Join(", ", words)}.", field));

    public static ProblemException TooManyExplained(long maxRows) => new(new Problem(
        ProblemKind.TooLarge,
        "explained_rows_too_many",
        string.Create(CultureInfo.InvariantCulture, $"Of this model one request may ask for the explanations of {maxRows} rows; send the rest in further requests, or without an explanation."),
        "explain"));

    public static ProblemException RowsUnsupported(string field) => new(new Problem(
        ProblemKind.Unprocessable, "instances_unsupported", "The model foretells the next steps of a series and takes no rows; send {\"horizon\": 12} for twelve steps, and a \"level\" such as 0.8 for other intervals than of 95 %.", field));

    public static ProblemException ForecastNotFinite(int finite) => new(new Problem(
        ProblemKind.Unprocessable, "forecast_not_finite", $"After {Text(finite)} steps the forecast grows beyond every number; ask for no more of them.", "horizon"));

    public static ProblemException TooManyRows(int maxRows) => new(new Problem(
        ProblemKind.TooLarge, "instances_too_many", string.Create(CultureInfo.InvariantCulture, $"A request may hold {maxRows} rows; send the rest in further requests."), "instances"));

    public static ProblemException EmptyInstance(int row, IEnumerable<string> known, string field) => new(
        new Problem(ProblemKind.Unprocessable, "instance_empty", $"Row {Text(row)} names none of the model's columns: {Names(known)}.", field) { Row = row });

    public static ProblemException UnknownColumn(string column, int row, IReadOnlyCollection<string> known) => new(
        new Problem(
            ProblemKind.Unprocessable,
            "column_unknown",
            $"Row {Text(row)}: the model has no column '{Shorten(column)}'.{Suggestion.Sentence(column, known)} Its columns are: {Names(known)}.",
            Shorten(column))
        {
            Row = row,
        });

    public static ProblemException TargetColumn(string column, int row) => new(
        new Problem(ProblemKind.Unprocessable, "column_is_target", $"Row {Text(row)}: column '{Shorten(column)}' is what the model predicts; leave it out.", Shorten(column)) { Row = row });

    public static ProblemException DuplicateColumn(string column, int row) => new(
        new Problem(ProblemKind.Malformed, "column_duplicate", $"Row {Text(row)}: column '{Shorten(column)}' is there twice.", Shorten(column)) { Row = row });

    public static ProblemException ValueUnusable(string column, int row, string reason, Exception? cause = null) => new(
        new Problem(ProblemKind.Unprocessable, "value_unusable", $"Row {Text(row)}, column '{Shorten(column)}': {reason}", Shorten(column)) { Row = row },
        cause);

    private static string Text(int row) => row.ToString(CultureInfo.InvariantCulture);

    private static string Shorten(string text) => text.Length > MaxShown ? string.Concat(text.AsSpan(0, MaxShown), "…") : text;

    private static string Names(IEnumerable<string> names)
    {
        string[] shown = [.. names.Take(MaxNamesShown + 1)];
        return shown.Length > MaxNamesShown ? string.Join(", ", shown[..MaxNamesShown]) + ", …" : string.Join(", ", shown);
    }
}
