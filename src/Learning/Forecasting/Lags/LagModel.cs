using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Forecasting.Lags;

/// <summary>A tabular model with the values that its next row is made of, and the errors to expect.</summary>
internal sealed class LagModel(LagMethod method, LagLayout layout, double[] recent, int place, double[] errors, IModel model) : IForecastModel
{
    /// <summary>Errors that a file may hold: those of a series of fifty million values.</summary>
    private const int MaximumErrors = 10_000_000;

    public string Method => method.Name;

    public ForecastValues Forecast(int horizon, IntervalOptions intervals, CancellationToken cancellationToken)
    {
        double[] mean = new double[horizon];
        Run(mean, null, cancellationToken);
        (double[] lower, double[] upper) = SimulatedPaths.Bounds(horizon, intervals, (random, path) => Run(path, random, cancellationToken), cancellationToken);
        return new ForecastValues(mean, lower, upper);
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(layout.Lags);
        writer.WriteInt32(layout.SeasonLength);
        writer.WriteInt32(layout.Differences ? 1 : 0);
        writer.WriteInt32(place);
        writer.WriteDoubles(recent);
        writer.WriteDoubles(errors);
        model.Write(writer);
    }

    public static LagModel Read(LagMethod method, SectionReader reader)
    {
        int lags = reader.ReadInt32("lags", 1, SeasonLength.Maximum + 1);
        int season = reader.ReadInt32("season length", 1, SeasonLength.Maximum);
        bool differences = reader.ReadInt32("difference", 0, lags > 1 ? 1 : 0) == 1;
        int place = reader.ReadInt32("place in the season", 0, season - 1);
        double[] recent = reader.ReadFiniteDoubles("recent values", lags);
        double[] errors = reader.ReadDoubles();
        if (errors.Length is 0 or > MaximumErrors || !Array.TrueForAll(errors, double.IsFinite))
        {
            throw reader.Invalid("there must be finite errors");
        }

        LagLayout layout = new(lags, season, differences, method.Learner.Needs.OneHotCategories);
        IModel model = LearnerCatalog.Read(method.Learner.Name, reader);
        return model.FeatureCount == layout.FeatureCount && model.OutputCount == 1
            ? new LagModel(method, layout, recent, place, errors, model)
            : throw reader.Invalid($"a model of {model.FeatureCount} features and {model.OutputCount} outputs does not fit {layout.FeatureCount} features");
    }

    /// <summary>Predicts step after step, each from those before; with a generator, off by a past error each.</summary>
    private void Run(Span<double> path, DeterministicRandom? random, CancellationToken cancellationToken)
    {
        double[] past = [.. recent, .. new double[path.Length]];
        double[] row = new double[layout.FeatureCount];
        Span<double> output = stackalloc double[1];
        for (int step = 0; step < path.Length; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> known = past.AsSpan(0, recent.Length + step);
            layout.Fill(known, (place + step) % layout.SeasonLength, row);
            model.Predict(row, output);
            double error = random is null ? 0 : errors[random.NextInt(errors.Length)];
            past[known.Length] = layout.Origin(known) + output[0] + error;
        }

        past.AsSpan(recent.Length).CopyTo(path);
    }
}
