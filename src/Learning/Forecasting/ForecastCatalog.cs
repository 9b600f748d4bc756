using Trainyard.Learning.Binary;
using Trainyard.Learning.Forecasting.Lags;
using Trainyard.Learning.Forecasting.Naive;
using Trainyard.Learning.Forecasting.Smoothing;
using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Forecasting;

/// <summary>Every forecasting method by name, and the reader of its models. Thread safe.</summary>
/// <remarks>Methods of an engine come with it: see <see cref="ForecastingEngine"/> and <see cref="LearnerCatalog.Add"/>.</remarks>
public static class ForecastCatalog
{
    private static readonly ForecastEntry[] Own =
    [
        new(new SeasonalNaiveMethod(), SeasonalNaiveModel.Read),
        new(new ExponentialSmoothingMethod(), ExponentialSmoothingModel.Read),
        new(LagMethod.Regression, reader => LagModel.Read(LagMethod.Regression, reader)),
        new(LagMethod.Boosting, reader => LagModel.Read(LagMethod.Boosting, reader)),
    ];

    /// <summary>All methods: ours, the simplest first, then those of each engine.</summary>
    public static IReadOnlyList<IForecastMethod> All => [.. Own.Select(entry => entry.Method), .. OfEngines.Select(each => each.Entry.Method)];

    private static IEnumerable<(ForecastEntry Entry, LearnerEngine Engine)> OfEngines =>
        LearnerCatalog.Engines.OfType<ForecastingEngine>().SelectMany(engine => engine.Methods, (engine, entry) => (entry, (LearnerEngine)engine));

    /// <summary>Looks a method up by its exact name.</summary>
    /// <exception cref="LearningException"><c>forecast_method_unknown</c>, naming what is known.</exception>
    public static IForecastMethod Get(string name) => Find(name).Entry.Method;

    /// <summary>Reads a model that <see cref="IForecastModel.Write"/> of the same method wrote. Unless the reader says so the bytes are not trusted.</summary>
    /// <exception cref="LearningException"><c>forecast_method_unknown</c>, <c>model_file_truncated</c>, <c>model_file_invalid</c> or <c>model_file_untrusted</c>.</exception>
    public static IForecastModel Read(string name, SectionReader reader)
    {
        (ForecastEntry entry, LearnerEngine? engine) = Find(name);
        engine?.Admit(name, reader);
        IForecastModel model = entry.Read(reader);
        reader.ExpectEnd();
        return model;
    }

    private static (ForecastEntry Entry, LearnerEngine? Engine) Find(string name)
    {
        foreach (ForecastEntry entry in Own.Where(entry => entry.Method.Name == name))
        {
            return (entry, null);
        }

        foreach ((ForecastEntry entry, LearnerEngine engine) in OfEngines.Where(each => each.Entry.Method.Name == name))
        {
            return (entry, engine);
        }

        throw new LearningException("forecast_method_unknown", $"There is no forecasting method '{name}'; known are {string.Join(", ", All.Select(method => method.Name))}.", "method");
    }
}
