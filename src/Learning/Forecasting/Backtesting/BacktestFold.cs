namespace Trainyard.Learning.Forecasting.Backtesting;

/// <summary>What was foretold from one origin, and what came.</summary>
/// <param name="Origin">Values that were known.</param>
/// <param name="Actual">What came, a value per step.</param>
/// <param name="Forecast">What was foretold.</param>
/// <param name="Mase">The scaled error of this fold; null where it is undefined.</param>
public sealed record BacktestFold(int Origin, double[] Actual, ForecastValues Forecast, double? Mase);
