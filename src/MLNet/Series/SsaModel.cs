using Microsoft.ML;
using Microsoft.ML.Transforms.TimeSeries;
using Trainyard.Learning;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Forecasting;
using Trainyard.MLNet.Models;

namespace Trainyard.MLNet.Series;

/// <summary>A series' patterns, as Microsoft.ML keeps them. Immutable and thread safe: every forecast has an engine of its own, which is told no values.</summary>
internal sealed class SsaModel : IForecastModel
{
    /// <summary>Tells what this version writes: "SSA" and 1.</summary>
    private const int Magic = 0x01415353;

    private readonly MLContext context = new(seed: 0);
    private readonly Lock asking = new();
    private readonly ITransformer model;
    private readonly double mean;
    private readonly double scale;
    private readonly byte[] zip;

    /// <param name="mean">What was taken off the values.</param>
    /// <param name="scale">What they were divided by.</param>
    /// <param name="zip">Microsoft.ML's file.</param>
    /// <exception cref="LearningException"><c>engine_failed</c>.</exception>
    public SsaModel(double mean, double scale, byte[] zip)
    {
        (this.mean, this.scale, this.zip) = (mean, scale, zip);
        model = EngineCall.Run(Method, () => ModelZip.Load(context, zip), CancellationToken.None);
    }

    public string Method => SsaMethod.MethodName;

    public ForecastValues Forecast(int horizon, IntervalOptions intervals, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SeriesAnswer answer = EngineCall.Run(Method, () => Ask(horizon, (float)intervals.Level), cancellationToken);
        return new ForecastValues(Back(answer.Mean, horizon), Back(answer.Lower, horizon), Back(answer.Upper, horizon));
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32(Magic);
        writer.WriteDoubles([mean, scale]);
        writer.WriteBytes(zip);
    }

    /// <summary>Reads a model. The bytes are this installation's own; they are checked for damage, and that nothing grows on unpacking.</summary>
    public static SsaModel Read(SectionReader reader)
    {
        int magic = reader.ReadInt32();
        if (magic != Magic)
        {
            throw reader.Invalid($"it begins with {magic:x8}, which this version does not know");
        }

        double[] units = reader.ReadFiniteDoubles("mean and scale of the series", 2);
        ReadOnlyMemory<byte> file = reader.ReadBytes();
        StoredZip.Check(file);
        return units[1] > 0 ? new SsaModel(units[0], units[1], file.ToArray()) : throw reader.Invalid("the scale of the series must be above 0");
    }

    private SeriesAnswer Ask(int horizon, float level)
    {
        // One at a time: engines of one model share parts that making another replaces.
        lock (asking)
        {
            using TimeSeriesPredictionEngine<SeriesPoint, SeriesAnswer> engine = model.CreateTimeSeriesEngine<SeriesPoint, SeriesAnswer>(context);
            return engine.Predict(horizon, level);
        }
    }

    private double[] Back(float[] values, int horizon) => values.Length == horizon && Array.TrueForAll(values, float.IsFinite)
        ? Array.ConvertAll(values, value => mean + (scale * value))
        : throw new LearningException("engine_failed", $"'{Method}' foretells no finite numbers for this series; take another method.", "method");
}
