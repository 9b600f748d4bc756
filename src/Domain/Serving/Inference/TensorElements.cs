using System.Buffers;
using System.Text.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Tables;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Serving.Inference;

/// <summary>The elements of a tensor, row by row, in rented memory. Not thread safe.</summary>
/// <remarks>JSON has no number that stands for none: a missing element is null.</remarks>
internal sealed class TensorElements : IDisposable
{
    private readonly InferenceInput input;
    private double[] numbers;
    private string?[] texts;
    private int count;

    private TensorElements(InferenceInput input, int length)
    {
        this.input = input;
        bool isText = input.Type.Kind == TensorKind.Text;
        numbers = isText ? [] : ArrayPool<double>.Shared.Rent(length);
        texts = isText ? ArrayPool<string?>.Shared.Rent(length) : [];
    }

    /// <summary>Reads the elements of a tensor, nested by rows or in one list.</summary>
    /// <param name="body">The whole request, which was walked through before.</param>
    /// <param name="input">The tensor; its rows and columns are bounded by now.</param>
    /// <exception cref="ProblemException"><c>tensor_data_wrong</c>, <c>value_unusable</c>, <c>json_not_unicode</c>.</exception>
    public static TensorElements Read(ReadOnlySpan<byte> body, InferenceInput input)
    {
        // An element takes a byte at least, so that what a shape claims costs no more memory than what was sent.
        (int start, int bytes) = input.Data.GetOffsetAndLength(body.Length);
        long claimed = (long)input.Rows * input.Width;
        if (claimed > bytes)
        {
            throw Miscounted(input, claimed, isShort: true);
        }

        int length = (int)claimed;
        TensorElements elements = new(input, Math.Max(length, 1));
        try
        {
            Utf8JsonReader reader = new(body.Slice(start, bytes), InferenceRequestReader.Options);
            reader.Read();
            elements.ReadAll(ref reader, length);
            return elements;
        }
        catch
        {
            elements.Dispose();
            throw;
        }
    }

    /// <summary>An element as a cell.</summary>
    /// <param name="row">0-based.</param>
    /// <param name="column">0-based.</param>
    public Cell At(int row, int column)
    {
        int place = (row * input.Width) + column;
        if (input.Type.Kind == TensorKind.Text)
        {
            return Cell.FromText(texts[place]);
        }

        double number = numbers[place];
        return input.Type.Kind == TensorKind.Boolean && !double.IsNaN(number) ? Cell.FromBoolean(number == 1) : Cell.FromNumber(number);
    }

    public void Dispose()
    {
        (double[] oldNumbers, string?[] oldTexts) = (numbers, texts);
        (numbers, texts) = ([], []);
        if (oldNumbers.Length > 0)
        {
            ArrayPool<double>.Shared.Return(oldNumbers);
        }

        if (oldTexts.Length > 0)
        {
            ArrayPool<string?>.Shared.Return(oldTexts, clearArray: true);
        }
    }

    private void ReadAll(ref Utf8JsonReader reader, int length)
    {
        bool? nested = null;
        int rows = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bool isRow = reader.TokenType == JsonTokenType.StartArray;
            nested ??= isRow && input.Shape.Count == 2;
            if (isRow != nested)
            {
                throw InferenceProblems.WrongData(input.Name, "its data is one list of elements, or where its shape has two dimensions a list of rows; not deeper, and not both.");
            }

            rows++;
            if (isRow)
            {
                ReadRow(ref reader, length);
            }
            else
            {
                Add(ref reader, length);
            }
        }

        if (count != length || (nested == true && rows != input.Rows))
        {
            throw Miscounted(input, length, count < length);
        }
    }

    private void ReadRow(ref Utf8JsonReader reader, int length)
    {
        int before = count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Add(ref reader, length);
        }

        if (count - before != input.Width)
        {
            throw InferenceProblems.WrongData(input.Name, $"a row of its data has {count - before} elements, and its shape says {input.Width}.");
        }
    }

    private void Add(ref Utf8JsonReader reader, int length)
    {
        if (count == length)
        {
            throw Miscounted(input, length, count < length);
        }

        int row = (count / input.Width) + 1;
        bool isMissing = reader.TokenType == JsonTokenType.Null;
        if (input.Type.Kind == TensorKind.Text)
        {
            texts[count++] = isMissing ? null : reader.TokenType == JsonTokenType.String ? JsonText.Of(in reader) : throw InferenceProblems.WrongValue(input.Name, row, input.Type);
        }
        else
        {
            numbers[count++] = isMissing ? double.NaN : Number(ref reader) ?? throw InferenceProblems.WrongValue(input.Name, row, input.Type);
        }
    }

    private double? Number(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True when input.Type.Kind == TensorKind.Boolean => 1,
        JsonTokenType.False when input.Type.Kind == TensorKind.Boolean => 0,
        JsonTokenType.Number when input.Type.Kind == TensorKind.Number && reader.TryGetDouble(out double number) && input.Type.Holds(number) => number,
        _ => null,
    };

    private static ProblemException Miscounted(InferenceInput input, long length, bool isShort) =>
        InferenceProblems.WrongData(input.Name, $"its shape says {length} elements in {input.Rows} rows, and its data has {(isShort ? "fewer" : "more")}.");
}
