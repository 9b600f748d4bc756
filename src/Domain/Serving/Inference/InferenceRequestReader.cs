using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Tables;

namespace Trainyard.Domain.Serving.Inference;

/// <summary>Reads what a request of the Open Inference Protocol says of its tensors; their elements are only walked past.</summary>
/// <remarks>Source: specification/protocol/inference_rest.md of kserve/open-inference-protocol. Parameters are allowed everywhere and mean nothing here.</remarks>
internal static class InferenceRequestReader
{
    private static readonly string[] RequestFields = ["id", "inputs", "outputs", "parameters"];
    private static readonly string[] InputFields = ["name", "shape", "datatype", "parameters", "data"];
    private static readonly string[] OutputFields = ["name", "parameters"];

    /// <summary>How bodies are read: tensors have two dimensions at most, parameters what they like.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    /// <summary>Reads a request.</summary>
    /// <exception cref="ProblemException">
    /// <c>json_empty</c>, <c>json_malformed</c>, <c>json_not_unicode</c>, <c>field_unknown</c>, <c>field_duplicate</c>, <c>field_missing</c>,
    /// <c>field_type</c>, <c>tensors_missing</c>, <c>tensor_datatype_unknown</c>, <c>tensor_shape_wrong</c>, <c>tensor_data_wrong</c>.
    /// </exception>
    public static InferenceRequest Read(ReadOnlySpan<byte> body)
    {
        JsonBytes.Require(body);
        try
        {
            Utf8JsonReader reader = new(body, Options);
            reader.Read();
            InferenceRequest request = ReadRequest(ref reader);

            // Reads on to the end of the body, where anything but white space is malformed.
            reader.Read();
            return request;
        }
        catch (JsonException exception)
        {
            throw JsonProblems.Malformed(exception);
        }
    }

    private static InferenceRequest ReadRequest(ref Utf8JsonReader reader)
    {
        string? id = null;
        List<InferenceInput> inputs = [];
        List<string>? outputs = null;
        HashSet<string> seen = Begin(ref reader, string.Empty);
        while (Next(ref reader, seen, RequestFields, string.Empty) is { } field)
        {
            switch (field)
            {
                case "id":
                    id = Text(ref reader, field);
                    break;
                case "inputs":
                    Require(ref reader, JsonTokenType.StartArray, field, "a list of tensors");
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        inputs.Add(ReadInput(ref reader, $"inputs[{inputs.Count}]"));
                    }

                    break;
                case "outputs":
                    outputs = ReadOutputs(ref reader);
                    break;
                default:
                    Require(ref reader, JsonTokenType.StartObject, field, "an object");
                    reader.Skip();
                    break;
            }
        }

        return inputs.Count > 0 ? new InferenceRequest(id, inputs, outputs is { Count: 0 } ? null : outputs) : throw InferenceProblems.NoInputs();
    }

    private static InferenceInput ReadInput(ref Utf8JsonReader reader, string path)
    {
        string? name = null;
        string? datatype = null;
        List<int>? shape = null;
        Range? data = null;
        HashSet<string> seen = Begin(ref reader, path);
        while (Next(ref reader, seen, InputFields, path) is { } field)
        {
            switch (field)
            {
                case "name":
                    name = Text(ref reader, $"{path}.name");
                    break;
                case "datatype":
                    datatype = Text(ref reader, $"{path}.datatype");
                    break;
                case "shape":
                    shape = ReadShape(ref reader, $"{path}.shape");
                    break;
                case "data":
                    Require(ref reader, JsonTokenType.StartArray, $"{path}.data", "a list");
                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    data = start..(int)reader.BytesConsumed;
                    break;
                default:
                    Require(ref reader, JsonTokenType.StartObject, $"{path}.{field}", "an object");
                    reader.Skip();
                    break;
            }
        }

        _ = name ?? throw JsonProblems.Missing($"{path}.name");
        _ = datatype ?? throw JsonProblems.Missing($"{path}.datatype");
        _ = shape ?? throw JsonProblems.Missing($"{path}.shape");
        return new InferenceInput(
            name,
            TensorType.Find(datatype) ?? throw InferenceProblems.UnknownType(name, datatype),
            shape.Count is 1 or 2 ? shape : throw InferenceProblems.WrongShape(name, "a shape has one dimension, the rows, or two, rows and columns."),
            data ?? throw InferenceProblems.NoData(name));
    }

    private static List<int> ReadShape(ref Utf8JsonReader reader, string path)
    {
        Require(ref reader, JsonTokenType.StartArray, path, "a list of whole numbers");
        List<int> shape = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out int dimension) || dimension < 0)
            {
                throw JsonProblems.WrongType(path, "a list of whole numbers from 0 to 2147483647", found: null);
            }

            shape.Add(dimension);
        }

        return shape;
    }

    private static List<string> ReadOutputs(ref Utf8JsonReader reader)
    {
        Require(ref reader, JsonTokenType.StartArray, "outputs", "a list of outputs");
        List<string> names = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            string path = $"outputs[{names.Count}]";
            string? name = null;
            HashSet<string> seen = Begin(ref reader, path);
            while (Next(ref reader, seen, OutputFields, path) is { } field)
            {
                name = field == "name" ? Text(ref reader, $"{path}.name") : name;
                reader.Skip();
            }

            _ = name ?? throw JsonProblems.Missing($"{path}.name");
            names.Add(names.Contains(name) ? throw JsonProblems.Duplicate($"{path}.name") : name);
        }

        return names;
    }

    private static HashSet<string> Begin(ref Utf8JsonReader reader, string path)
    {
        Require(ref reader, JsonTokenType.StartObject, path, "an object");
        return new HashSet<string>(StringComparer.Ordinal);
    }

    /// <summary>Goes to the value of the next field; null at the end of the object.</summary>
    private static string? Next(ref Utf8JsonReader reader, HashSet<string> seen, string[] known, string path)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        string name = JsonText.Of(in reader);
        string whole = path.Length == 0 ? name : $"{path}.{name}";
        if (!known.Contains(name, StringComparer.Ordinal))
        {
            throw JsonProblems.Unknown(whole, name, known);
        }

        reader.Read();
        return seen.Add(name) ? name : throw JsonProblems.Duplicate(whole);
    }

    private static string Text(ref Utf8JsonReader reader, string path)
    {
        Require(ref reader, JsonTokenType.String, path, "a text");
        return JsonText.Of(in reader);
    }

    private static void Require(ref Utf8JsonReader reader, JsonTokenType token, string path, string expected)
    {
        if (reader.TokenType != token)
        {
            throw JsonProblems.WrongType(path, expected, JsonProblems.Describe(reader.TokenType));
        }
    }
}
