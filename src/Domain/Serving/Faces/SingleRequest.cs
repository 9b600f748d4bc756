using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Serving.Faces;

/// <summary>Which model a request to <c>/mlops</c> is for, and where in it the row is.</summary>
/// <param name="ModelId">The model's id or name.</param>
/// <param name="Input">The bytes of the row.</param>
public readonly record struct SingleRequest(string ModelId, Range Input)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Tables.InstanceReader.MaxDepth };

    /// <summary>Looks through a request; everything but these two is left to what reads it.</summary>
    /// <exception cref="ProblemException"><c>json_empty</c>, <c>json_not_unicode</c>, <c>json_malformed</c>, <c>field_type</c>, <c>field_missing</c>, <c>field_duplicate</c>.</exception>
    public static SingleRequest Read(ReadOnlySpan<byte> body)
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

    private static SingleRequest ReadFields(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader reader = new(body, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw JsonProblems.WrongType(string.Empty, "an object", JsonProblems.Describe(reader.TokenType));
        }

        string? model = null;
        Range? input = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isModel = reader.ValueTextEquals("modelId"u8);
            bool isInput = reader.ValueTextEquals("input"u8);
            if ((isModel && model is not null) || (isInput && input is not null))
            {
                throw JsonProblems.Duplicate(isModel ? "modelId" : "input");
            }

            reader.Read();
            int start = (int)reader.TokenStartIndex;
            model = isModel ? Text(ref reader, "modelId") : model;
            reader.Skip();
            input = isInput ? start..(int)reader.BytesConsumed : input;
        }

        // Reads on to the end of the body, where anything but white space is malformed.
        reader.Read();
        return new(model ?? throw JsonProblems.Missing("modelId"), input ?? throw JsonProblems.Missing("input"));
    }

    private static string Text(ref Utf8JsonReader reader, string field) => reader.TokenType == JsonTokenType.String
        ? Tables.JsonText.Of(in reader)
        : throw JsonProblems.WrongType(field, "a text", JsonProblems.Describe(reader.TokenType));
}
