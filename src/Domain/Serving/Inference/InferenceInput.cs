namespace Trainyard.Domain.Serving.Inference;

/// <summary>One tensor of a request, before its elements are read.</summary>
/// <param name="Name">A column's name, or any where one tensor has all columns.</param>
/// <param name="Type">What its elements are.</param>
/// <param name="Shape">Its dimensions, each at least 0.</param>
/// <param name="Data">Where in the body its elements are.</param>
internal sealed record InferenceInput(string Name, TensorType Type, IReadOnlyList<int> Shape, Range Data)
{
    /// <summary>Rows: the first dimension.</summary>
    public int Rows => Shape[0];

    /// <summary>Elements of a row: the second dimension, or 1.</summary>
    public int Width => Shape.Count > 1 ? Shape[1] : 1;
}
