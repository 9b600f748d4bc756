using System.Collections.ObjectModel;
using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Forecasting.Backtesting;

/// <summary>What a method was worth on the past.</summary>
/// <param name="Folds">One per origin, the earliest first.</param>
public sealed record BacktestResult(IReadOnlyList<BacktestFold> Folds)
{
    /// <summary>Mean absolute error over all steps, in the unit of the series.</summary>
    public double Mae => RegressionErrors.Mae(Actual, Predicted);

    /// <summary>Root of the mean squared error over all steps, in the unit of the series.</summary>
    public double Rmse => RegressionErrors.Rmse(Actual, Predicted);

    /// <summary>Symmetric mean absolute percentage error over all steps, as a share.</summary>
    public double Smape => ForecastErrors.Smape(Actual, Predicted);

    /// <summary>Mean of the folds' scaled errors, below 1 when better than the naive forecast; null where one is undefined.</summary>
    public double? Mase => Folds.All(fold => fold.Mase is not null) ? Folds.Average(fold => fold.Mase!.Value) : null;

    /// <summary>The share of true values within their interval; close to its level when the intervals are honest.</summary>
    public double Coverage => Folds.SelectMany(fold => fold.Actual.Select((value, step) => value >= fold.Forecast.Lower[step] && value <= fold.Forecast.Upper[step] ? 1.0 : 0)).Average();

    /// <summary>All of it by the names of <see cref="MetricCatalog"/>. A metric that is undefined is absent.</summary>
    public Evaluation Evaluate()
    {
        Evaluation numbers = Evaluator.Regression(Actual, Predicted);
        SortedDictionary<string, double> metrics = new(StringComparer.Ordinal) { [MetricNames.Coverage] = Coverage };
        if (Mase is { } scaled)
        {
            metrics[MetricNames.Mase] = scaled;
        }

        foreach ((string name, double value) in numbers.Metrics)
        {
            metrics[name] = value;
        }

        return numbers with { Task = LearningTask.Forecasting, Metrics = new ReadOnlyDictionary<string, double>(metrics) };
    }

    private double[] Actual => [.. Folds.SelectMany(fold => fold.Actual)];

    private double[] Predicted => [.. Folds.SelectMany(fold => fold.Forecast.Mean)];
}
