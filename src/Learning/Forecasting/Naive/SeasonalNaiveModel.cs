using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Forecasting.Naive;

/// <summary>The last season, over and over; normal intervals that widen with each.</summary>
internal sealed class SeasonalNaiveModel(double[] last, double deviation) : IForecastModel
{
    public string Method => SeasonalNaiveMethod.MethodName;

    public ForecastValues Forecast(int horizon, IntervalOptions intervals, CancellationToken cancellationToken)
    {
        double reach = NormalDistribution.Quantile((1 + intervals.Level) / 2) * deviation;
        double[] mean = [.. Enumerable.Range(0, horizon).Select(step => last[step % last.Length])];
        double[] half = [.. Enumerable.Range(0, horizon).Select(step => reach * Math.Sqrt((step / last.Length) + 1))];
        return new ForecastValues(mean, [.. mean.Zip(half, (value, width) => value - width)], [.. mean.Zip(half, (value, width) => value + width)]);
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteDouble(deviation);
        writer.WriteDoubles(last);
    }

    public static SeasonalNaiveModel Read(SectionReader reader)
    {
        double deviation = reader.ReadDouble();
        double[] last = reader.ReadDoubles();
        bool valid = double.IsFinite(deviation) && deviation >= 0 && last.Length is >= 1 and <= SeasonLength.Maximum && Array.TrueForAll(last, double.IsFinite);
        return valid ? new SeasonalNaiveModel(last, deviation) : throw reader.Invalid("the last season must be 1 to 366 finite numbers, with a deviation of at least 0");
    }
}
