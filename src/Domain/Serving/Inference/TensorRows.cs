using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Tables;
using Trainyard.Learning.Data;

namespace Trainyard.Domain.Serving.Inference;

/// <summary>The elements of a request's tensors by row. For one request, on one thread.</summary>
internal sealed class TensorRows : IDisposable
{
    private readonly List<TensorElements> tensors = [];
    private readonly List<(TensorElements Tensor, int From, int To)> sources = [];

    /// <param name="body">The whole request.</param>
    /// <param name="inputs">What it says of its tensors.</param>
    /// <param name="model">Whose columns they are.</param>
    /// <param name="maxRows">Rows at most.</param>
    /// <exception cref="ProblemException">
    /// <c>instances_too_many</c>, <c>tensor_unknown</c>, <c>tensor_duplicate</c>, <c>tensor_shape_wrong</c>, <c>tensor_data_wrong</c>, <c>value_unusable</c>.
    /// </exception>
    public TensorRows(ReadOnlySpan<byte> body, IReadOnlyList<InferenceInput> inputs, ServedTable model, int maxRows)
    {
        Count = inputs[0].Rows;
        CheckRows(inputs, maxRows);
        try
        {
            if (inputs is [{ Width: var width } all] && width == model.Columns.Count && !model.TryGetColumn(all.Name, out _))
            {
                AddAll(body, all);
            }
            else
            {
                AddEach(body, inputs, model);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Puts a row together; columns without a tensor stay as they are.</summary>
    /// <param name="index">0-based.</param>
    /// <param name="row">One cell per column.</param>
    public void CopyRow(int index, Span<Cell> row)
    {
        foreach ((TensorElements tensor, int from, int to) in sources)
        {
            row[to] = tensor.At(index, from);
        }
    }

    public void Dispose() => tensors.ForEach(tensor => tensor.Dispose());

    private static void CheckRows(IReadOnlyList<InferenceInput> inputs, int maxRows)
    {
        foreach (InferenceInput input in inputs)
        {
            if (input.Rows != inputs[0].Rows || input.Rows == 0)
            {
                throw InferenceProblems.WrongShape(input.Name, "all tensors have the same number of rows, their first dimension, and at least one.");
            }

            if (input.Rows > maxRows)
            {
                throw ServingProblems.TooManyRows(maxRows);
            }
        }
    }

    private void AddAll(ReadOnlySpan<byte> body, InferenceInput all)
    {
        TensorElements tensor = Add(body, all);
        for (int column = 0; column < all.Width; column++)
        {
            sources.Add((tensor, column, column));
        }
    }

    private void AddEach(ReadOnlySpan<byte> body, IReadOnlyList<InferenceInput> inputs, ServedTable model)
    {
        HashSet<int> seen = [];
        foreach (InferenceInput input in inputs)
        {
            if (!model.TryGetColumn(input.Name, out int column))
            {
                throw InferenceProblems.UnknownTensor(input.Name, [.. model.Columns]);
            }

            if (!seen.Add(column))
            {
                throw InferenceProblems.Duplicate(input.Name);
            }

            if (input.Width != 1)
            {
                throw InferenceProblems.WrongShape(input.Name, "a column's tensor has the shape [rows] or [rows, 1].");
            }

            sources.Add((Add(body, input), 0, column));
        }
    }

    private TensorElements Add(ReadOnlySpan<byte> body, InferenceInput input)
    {
        TensorElements tensor = TensorElements.Read(body, input);
        tensors.Add(tensor);
        return tensor;
    }
}
