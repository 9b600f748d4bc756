using System.Text.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Redaction;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>Writes what is said of one row, in whatever answer.</summary>
internal static class RowWriter
{
    /// <summary>Characters of an error's detail: an answer holds as many as it has bad rows.</summary>
    private const int MaxErrorDetail = 300;

    private static readonly JsonEncodedText Label = JsonEncodedText.Encode("label");
    private static readonly JsonEncodedText Method = JsonEncodedText.Encode("method");
    private static readonly JsonEncodedText Scale = JsonEncodedText.Encode("scale");
    private static readonly JsonEncodedText Base = JsonEncodedText.Encode("base");
    private static readonly JsonEncodedText Score = JsonEncodedText.Encode("score");
    private static readonly JsonEncodedText Listed = JsonEncodedText.Encode("contributions");
    private static readonly JsonEncodedText Column = JsonEncodedText.Encode("column");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Rest = JsonEncodedText.Encode("rest");

    /// <summary>The label, or the number.</summary>
    public static void WritePrediction(Utf8JsonWriter json, ServedTable model, ReadOnlySpan<double> output)
    {
        if (model.IsClassifier)
        {
            json.WriteStringValue(model.Classes[Evaluator.MostProbable(output)]);
        }
        else
        {
            json.WriteNumberValue(output[0]);
        }
    }

    /// <summary>A value for each label.</summary>
    public static void WriteProbabilities(Utf8JsonWriter json, ServedTable model, ReadOnlySpan<double> output)
    {
        json.WriteStartObject();
        for (int index = 0; index < output.Length; index++)
        {
            json.WriteNumber(model.Classes[index], output[index]);
        }

        json.WriteEndObject();
    }

    /// <summary>The columns that moved a score most, and what all others did to it together.</summary>
    /// <param name="json">Receives it.</param>
    /// <param name="model">The model.</param>
    /// <param name="output">What it predicted.</param>
    /// <param name="found">Of this row alone.</param>
    /// <param name="count">Columns to list at most.</param>
    public static void WriteExplanation(Utf8JsonWriter json, ServedTable model, ReadOnlySpan<double> output, Contributions found, int count)
    {
        // One score of two labels is that of the second; of several, the one predicted is explained.
        int score = found.ScoreCount == 1 ? 0 : Evaluator.MostProbable(output);
        ReadOnlySpan<double> all = found.Of(0, score);
        json.WriteStartObject();
        json.WriteString(Method, found.Method);
        json.WriteString(Scale, JsonNamingPolicy.SnakeCaseLower.ConvertName(found.Scale.ToString()));
        if (model.IsClassifier)
        {
            json.WriteString(Label, model.Classes[found.ScoreCount == 1 ? model.Classes.Count - 1 : score]);
        }

        json.WriteNumber(Base, found.BaseOf(0, score));
        json.WriteNumber(Score, found.ScoreOf(0, score));
        json.WriteStartArray(Listed);
        double rest = 0;
        int listed = 0;
        foreach (int column in Largest(all))
        {
            if (listed++ >= count)
            {
                rest += all[column];
                continue;
            }

            json.WriteStartObject();
            json.WriteString(Column, found.Columns[column]);
            json.WriteNumber(Value, all[column]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber(Rest, rest);
        json.WriteEndObject();
    }

    /// <summary>Why a row was refused.</summary>
    public static void WriteError(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteNumber("row", problem.Row!.Value);
        WriteReason(json, problem);
        json.WriteEndObject();
    }

    /// <summary>The code, detail and field of one refusal among many. It may quote what it refuses, and ends in the logs of whoever asked.</summary>
    public static void WriteReason(Utf8JsonWriter json, Problem problem)
    {
        string detail = Redactor.Clean(problem.Detail);
        json.WriteString("code", problem.Code);
        json.WriteString("detail", detail.Length > MaxErrorDetail ? string.Concat(detail.AsSpan(0, MaxErrorDetail), "…") : detail);
        json.WriteString("field", problem.Field is null ? null : Redactor.Clean(problem.Field));
    }

    /// <summary>A list of texts.</summary>
    public static void WriteNames(Utf8JsonWriter json, IReadOnlyList<string> names)
    {
        json.WriteStartArray();
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    // Of equals the one that the model lists first.
    private static int[] Largest(ReadOnlySpan<double> values)
    {
        double[] sizes = new double[values.Length];
        int[] order = new int[values.Length];
        for (int index = 0; index < values.Length; index++)
        {
            (sizes[index], order[index]) = (-Math.Abs(values[index]), index);
        }

        Array.Sort(order, (left, right) => sizes[left] != sizes[right] ? sizes[left].CompareTo(sizes[right]) : left.CompareTo(right));
        return order;
    }
}
