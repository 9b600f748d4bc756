namespace Trainyard.Domain.Serving.Tables;

/// <summary>What the fields of a request for predictions are called.</summary>
/// <param name="Rows">A list of rows; null where there is always one.</param>
/// <param name="Row">One row.</param>
/// <param name="Probabilities">Whether a value is given for each label; null, as the options that follow, where there is none.</param>
/// <param name="Explain">How many columns to explain by.</param>
/// <param name="UnknownColumns">What to do about columns that the model does not have.</param>
/// <param name="Errors">What to do about rows that cannot be predicted; null where there is always one row.</param>
/// <param name="Model">Which model; null where the path says it.</param>
internal sealed record PredictFields(string? Rows, string Row, string? Probabilities, string? Explain, string? UnknownColumns, string? Errors, string? Model)
{
    /// <summary>Of <c>/api/v1</c>.</summary>
    public static PredictFields SnakeCase { get; } = new("instances", "instance", "probabilities", "explain", "unknown_columns", "errors", null);

    /// <summary>Of <c>/mlops</c>.</summary>
    public static PredictFields CamelCase { get; } = new(null, "input", "probabilities", "explain", "unknownColumns", null, "modelId");

    /// <summary>Of <c>/mlops</c> and a model of a series.</summary>
    public static PredictFields CamelCaseSeries { get; } = new(null, "input", null, null, null, null, "modelId");

    /// <summary>All names.</summary>
    public IReadOnlyList<string> Names { get; } = [.. new[] { Model, Rows, Row, Probabilities, Explain, UnknownColumns, Errors }.OfType<string>()];

    /// <summary>Whether a field holds a row, or rows.</summary>
    public bool IsRows(string name) => name == Rows || name == Row;
}
