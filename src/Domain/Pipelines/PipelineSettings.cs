namespace Trainyard.Domain.Pipelines;

/// <summary>What a run is made with.</summary>
/// <param name="ModelName">The model whose versions it registers.</param>
/// <param name="DatasetUri">The dataset; one without a version means the latest at the time of the run.</param>
/// <param name="TargetColumn">The column to predict; null: a column named target, label, class or y, else the last.</param>
/// <param name="TargetMetric">The catalogue's name of the metric that the gate looks at.</param>
/// <param name="Threshold">The bound of the gate, in the metric's own unit.</param>
/// <param name="AutoDeploy">Whether a version that passes the gate is deployed.</param>
/// <param name="Seed">The only source of randomness of a run.</param>
public sealed record PipelineSettings(
    string ModelName,
    string DatasetUri,
    string? TargetColumn,
    string TargetMetric,
    double Threshold,
    bool AutoDeploy,
    long Seed)
{
    /// <summary>
    /// By column: 1 where predictions (of two classes the probability of the second in the order of their labels) may only
    /// rise with it, -1 where they may only fall; null for no constraint.
    /// </summary>
    public IReadOnlyDictionary<string, int>? Monotone { get; init; }

    /// <summary>One of <see cref="Learning.Selection.ModelType.Names"/>; null for what the target asks for.</summary>
    public string? ModelType { get; init; }

    /// <summary>Seconds that may go into the search for the best candidate, which is then a wide one; null for a short list, as long as it takes.</summary>
    public int? TimeBudgetSeconds { get; init; }

    /// <summary>Columns that hold personal data: the log of the model's predictions has hashes of them. Null for none beside those that the model has marked.</summary>
    public IReadOnlyList<string>? PersonalColumns { get; init; }

    /// <summary>What is asked of a forecast; null where rows are predicted each by itself.</summary>
    public ForecastSettings? Forecast { get; init; }
}
