using System.Globalization;
using Trainyard.Domain.Naming;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Serving.Inference;

/// <summary>The refusals of the Open Inference Protocol.</summary>
internal static class InferenceProblems
{
    private const int MaxShown = 64;
    private const int MaxNamesShown = 50;

    public static ProblemException Unsupported(string model) => new(new Problem(
        ProblemKind.Unprocessable, "inference_unsupported", $"'{Shorten(model)}' foretells the next steps of a series and takes no tensors; ask POST /api/v1/models/{Shorten(model)}/predict with {{\"horizon\": 12}}.", "inputs"));

    public static ProblemException NoInputs() => new(new Problem(
        ProblemKind.Malformed, "tensors_missing", "Send {\"inputs\": [{\"name\": column, \"shape\": [rows], \"datatype\": \"FP64\", \"data\": […]}, …]}, one tensor per column, or one of shape [rows, columns] with all of them.", "inputs"));

    public static ProblemException UnknownTensor(string name, IReadOnlyCollection<string> columns) => new(new Problem(
        ProblemKind.Unprocessable,
        "tensor_unknown",
        $"The model has no column '{Shorten(name)}'.{Suggestion.Sentence(name, columns)} Name tensors by its columns, or send one of shape [rows, {Text(columns.Count)}]: {Names(columns)}.",
        Shorten(name)));

    public static ProblemException Duplicate(string name) => new(new Problem(
        ProblemKind.Malformed, "tensor_duplicate", $"Tensor '{Shorten(name)}' is there twice; send it once.", Shorten(name)));

    public static ProblemException UnknownType(string name, string type) => new(new Problem(
        ProblemKind.Unprocessable, "tensor_datatype_unknown", $"Tensor '{Shorten(name)}': there is no datatype '{Shorten(type)}'; there are {string.Join(", ", TensorType.Names)}.", Shorten(name)));

    public static ProblemException WrongShape(string name, string expected) => new(new Problem(
        ProblemKind.Unprocessable, "tensor_shape_wrong", $"Tensor '{Shorten(name)}': {expected}", Shorten(name)));

    public static ProblemException NoData(string name) => new(new Problem(
        ProblemKind.Malformed, "tensor_data_wrong", $"Tensor '{Shorten(name)}' has no 'data': send its elements as a JSON list. Binary tensors are not taken.", Shorten(name)));

    public static ProblemException WrongData(string name, string what) => new(new Problem(
        ProblemKind.Unprocessable, "tensor_data_wrong", $"Tensor '{Shorten(name)}': {what}", Shorten(name)));

    public static ProblemException WrongValue(string name, int row, TensorType type) => new(
        new Problem(ProblemKind.Unprocessable, "value_unusable", $"Row {Text(row)}, tensor '{Shorten(name)}': {Expected(type)}, or null where it is missing.", Shorten(name)) { Row = row });

    public static ProblemException UnknownOutput(string name, IReadOnlyCollection<string> outputs) => new(new Problem(
        ProblemKind.Unprocessable, "output_unknown", $"The model has no output '{Shorten(name)}'; it has {string.Join(", ", outputs)}.", "outputs"));

    private static string Expected(TensorType type) => type.Kind switch
    {
        TensorKind.Boolean => "an element of BOOL is true or false",
        TensorKind.Text => "an element of BYTES is a text",
        _ when type.IsWhole => string.Create(CultureInfo.InvariantCulture, $"an element of {type.Name} is a whole number from {type.Minimum} to {type.Maximum}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"an element of {type.Name} is a number of at most {type.Maximum} either way"),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Shorten(string text) => text.Length > MaxShown ? string.Concat(text.AsSpan(0, MaxShown), "…") : text;

    private static string Names(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MaxNamesShown)) + (names.Count > MaxNamesShown ? ", …" : string.Empty);
}
