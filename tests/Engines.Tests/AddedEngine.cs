using System.Runtime.CompilerServices;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Tests.Learners;
using Trainyard.MLNet;

namespace Trainyard.Engines.Tests;

/// <summary>An engine that is added before the first test, as a program does at its start.</summary>
internal static class AddedEngine
{
    public const string Learner = "fake.mean";

    public const string Method = "fake.last";

    public static ForecastingEngine Engine { get; } = new("fake", [FakeEngine.Entry(Learner)], [new ForecastEntry(new LastMethod(), LastModel.Read)]);

    [ModuleInitializer]
    internal static void Add()
    {
        LearnerCatalog.Add(Engine);
        MLNetEngine.Register();
    }

    private sealed class LastMethod : IForecastMethod
    {
        public string Name => Method;

        public IReadOnlyList<HyperParameter> HyperParameters { get; } = [];

        public IForecastModel Fit(TimeSeries series, LearnerSettings settings, FitOptions options, CancellationToken cancellationToken)
        {
            settings.Validate(HyperParameters);
            return new LastModel(series.Values[^1]);
        }
    }

    private sealed class LastModel(double last) : IForecastModel
    {
        public string Method => AddedEngine.Method;

        public ForecastValues Forecast(int horizon, IntervalOptions intervals, CancellationToken cancellationToken)
        {
            double[] mean = new double[horizon];
            Array.Fill(mean, last);
            return new ForecastValues(mean, [.. mean.Select(value => value - 1)], [.. mean.Select(value => value + 1)]);
        }

        public void Write(SectionWriter writer) => writer.WriteDouble(last);

        public static LastModel Read(SectionReader reader) => new(reader.ReadDouble());
    }
}
