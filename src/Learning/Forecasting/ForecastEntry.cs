using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Forecasting;

/// <summary>A forecasting method with the reader of its models.</summary>
/// <param name="Method">The method.</param>
/// <param name="Read">Reads a model that <see cref="IForecastModel.Write"/> wrote.</param>
public sealed record ForecastEntry(IForecastMethod Method, Func<SectionReader, IForecastModel> Read);
