using System.Buffers;
using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Serving.Faces;

/// <summary>Answers several requests for one prediction each, of any models, in one. Thread safe.</summary>
/// <param name="predictor">Answers each.</param>
/// <param name="options">Bounds.</param>
public sealed class MultiPredictor(Predictor predictor, ServingOptions options)
{
    private const string Requests = "requests";
    private const string Errors = "errors";

    private static readonly string[] Fields = [Requests, Errors];

    // The list and an object around what a single request may nest.
    private static readonly JsonReaderOptions Depth = new() { MaxDepth = Tables.InstanceReader.MaxDepth + 2 };

    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    /// <summary>Answers the requests in turn.</summary>
    /// <param name="caller">Who asks; each request names its own model.</param>
    /// <param name="body"><c>{"requests": [{"modelId", "input"}, …], "errors": "per_row"}</c>; of errors the first refuses all unless they are given per row.</param>
    /// <param name="answer">Receives <c>{"predictions": […], "total", "failed"}</c>, a failed one being <c>{"error": {"code", "detail", "field"}}</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ProblemException">
    /// <c>requests_missing</c>, <c>instances_too_many</c>, <c>option_unknown</c>; the problem of a request, whose 1-based number is the row; and
    /// those of JSON that cannot be read.
    /// </exception>
    public async Task PredictAsync(ModelCall caller, ReadOnlyMemory<byte> body, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        (List<Range> requests, bool perRow) = Read(body.Span);
        int failed = 0;

        // Who is refused as a whole was told no prediction, so none is logged before the end.
        using HeldCalls? held = predictor.Hold();
        Write(answer, "{\"predictions\":["u8);
        for (int index = 0; index < requests.Count; index++)
        {
            Write(answer, index == 0 ? [] : ","u8);
            try
            {
                ReadOnlyMemory<byte> request = body[requests[index]];
                string model = SingleRequest.Read(request.Span).ModelId;
                await predictor.PredictAsync(caller with { Model = model }, PredictFace.Single, request, answer, held, cancellationToken);
            }
            catch (ProblemException refused) when (IsOfTheRequest(refused.Problem))
            {
                failed++;
                WriteError(answer, perRow ? refused.Problem : throw Placed(refused, index));
            }
        }

        using Utf8JsonWriter json = new(answer, Unchecked);
        Write(answer, "],\"total\":"u8);
        json.WriteNumberValue(requests.Count);
        json.Flush();
        Write(answer, ",\"failed\":"u8);
        json.Reset();
        json.WriteNumberValue(failed);
        json.Flush();
        Write(answer, "}"u8);
        held?.Commit();
    }

    // Storage that is away and limits are of all requests, whichever met them first.
    private static bool IsOfTheRequest(Problem problem) => problem.Kind is not (ProblemKind.Unavailable or ProblemKind.Throttled);

    private static ProblemException Placed(ProblemException refused, int index) => new(
        refused.Problem with { Row = index + 1, Field = $"{Requests}[{index}]{(refused.Problem.Field is { } field ? "." + field : string.Empty)}" }, refused);

    private (List<Range> Requests, bool PerRow) Read(ReadOnlySpan<byte> body)
    {
        JsonBytes.Require(body);
        try
        {
            return ReadFields(body);
        }
        catch (JsonException exception)
        {
            throw JsonProblems.Malformed(exception);
        }
    }

    private (List<Range> Requests, bool PerRow) ReadFields(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader reader = new(body, Depth);
        reader.Read();
        Require(ref reader, JsonTokenType.StartObject, string.Empty, "an object");
        List<Range>? requests = null;
        bool? perRow = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Tables.JsonText.Of(in reader);
            reader.Read();
            switch (name)
            {
                case Requests:
                    requests = requests is null ? ReadRequests(ref reader) : throw JsonProblems.Duplicate(name);
                    break;
                case Errors:
                    perRow = perRow is null ? ReadErrors(ref reader) : throw JsonProblems.Duplicate(name);
                    break;
                default:
                    throw JsonProblems.Unknown(name, name, Fields);
            }
        }

        // Reads on to the end of the body, where anything but white space is malformed.
        reader.Read();
        return (requests is { Count: > 0 } ? requests : throw ServingProblems.NoRequests(), perRow ?? false);
    }

    private List<Range> ReadRequests(ref Utf8JsonReader reader)
    {
        Require(ref reader, JsonTokenType.StartArray, Requests, "a list of objects");
        List<Range> requests = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (requests.Count == options.MaxRows)
            {
                throw ServingProblems.TooManyRows(options.MaxRows);
            }

            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            requests.Add(start..(int)reader.BytesConsumed);
        }

        return requests;
    }

    private static bool ReadErrors(ref Utf8JsonReader reader)
    {
        Require(ref reader, JsonTokenType.String, Errors, "a text");
        string word = Tables.JsonText.Of(in reader);
        return PredictWords.Errors.Contains(word, StringComparer.Ordinal) ? word == PredictWords.PerRow : throw ServingProblems.OptionUnknown(Errors, PredictWords.Errors);
    }

    private static void Require(ref Utf8JsonReader reader, JsonTokenType token, string field, string expected)
    {
        if (reader.TokenType != token)
        {
            throw JsonProblems.WrongType(field, expected, JsonProblems.Describe(reader.TokenType));
        }
    }

    private static void WriteError(IBufferWriter<byte> answer, Problem problem)
    {
        using Utf8JsonWriter json = new(answer, Unchecked);
        json.WriteStartObject();
        json.WriteStartObject("error");
        Tables.RowWriter.WriteReason(json, problem);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(IBufferWriter<byte> answer, ReadOnlySpan<byte> utf8) => answer.Write(utf8);
}
