using System.Collections.Frozen;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Forecasting.Lags;
using Trainyard.Learning.Forecasting.Naive;
using Trainyard.Learning.Forecasting.Smoothing;

namespace Trainyard.Learning.Forecasting;

/// <summary>Every forecasting method by name, and the reader of its models. Thread safe.</summary>
public static class ForecastCatalog
{
    private static readonly FrozenDictionary<string, Func<SectionReader, IForecastModel>> Readers = new Dictionary<string, Func<SectionReader, IForecastModel>>(StringComparer.Ordinal)
    {
        [SeasonalNaiveMethod.MethodName] = SeasonalNaiveModel.Read,
        [ExponentialSmoothingMethod.MethodName] = ExponentialSmoothingModel.Read,
        [LagMethod.Regression.Name] = reader => LagModel.Read(LagMethod.Regression, reader),
        [LagMethod.Boosting.Name] = reader => LagModel.Read(LagMethod.Boosting, reader),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All methods, the simplest first.</summary>
    public static IReadOnlyList<IForecastMethod> All { get; } = [new SeasonalNaiveMethod(), new ExponentialSmoothingMethod(), LagMethod.Regression, LagMethod.Boosting];

    /// <summary>Looks a method up by its exact name.</summary>
    /// <exception cref="LearningException"><c>forecast_method_unknown</c>, naming what is known.</exception>
    public static IForecastMethod Get(string name) => All.FirstOrDefault(method => method.Name == name)
        ?? throw new LearningException("forecast_method_unknown", $"There is no forecasting method '{name}'; known are {string.Join(", ", All.Select(method => method.Name))}.", "method");

    /// <summary>Reads a model that <see cref="IForecastModel.Write"/> of the same method wrote. The bytes are not trusted.</summary>
    /// <exception cref="LearningException"><c>forecast_method_unknown</c>, <c>model_file_truncated</c> or <c>model_file_invalid</c>.</exception>
    public static IForecastModel Read(string name, SectionReader reader)
    {
        IForecastModel model = Readers[Get(name).Name](reader);
        reader.ExpectEnd();
        return model;
    }
}
