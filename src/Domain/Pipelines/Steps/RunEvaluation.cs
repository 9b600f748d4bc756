using Trainyard.Learning.Explanations;
using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>What a model is worth on the rows that no fitting step has seen.</summary>
/// <param name="Rows">Rows that it was measured on.</param>
/// <param name="Metrics">Metrics by name.</param>
/// <param name="Classes">One entry per class in label order; empty for regression.</param>
/// <param name="Confusion">Counts, a row per true class and a column per predicted class; empty for regression.</param>
/// <param name="Importances">How much the target metric suffers when a column is shuffled, the most important first.</param>
/// <param name="Samples">A few rows with their truth and what the model says.</param>
public sealed record RunEvaluation(
    int Rows,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyList<ClassMetrics> Classes,
    IReadOnlyList<IReadOnlyList<int>> Confusion,
    IReadOnlyList<ColumnImportance> Importances,
    IReadOnlyList<PredictedRow> Samples);
