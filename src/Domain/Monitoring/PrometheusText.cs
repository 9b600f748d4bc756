using System.Globalization;
using System.Text;

namespace Trainyard.Domain.Monitoring;

/// <summary>Collects metrics, for a page in Prometheus' text format, version 0.0.4, or for any other reader. Not thread safe.</summary>
public sealed class PrometheusText
{
    /// <summary>Its media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly List<MetricFamily> families = [];
    private List<MetricSample> samples = [];

    /// <summary>The metrics so far, in the order in which they were written.</summary>
    public IReadOnlyList<MetricFamily> Families => families;

    /// <summary>Begins a metric.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    /// <param name="help">One sentence.</param>
    public void Header(string name, string type, string help)
    {
        samples = [];
        families.Add(new MetricFamily(name, type, help, samples));
    }

    /// <summary>Writes a sample of the metric that was begun last.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="label">The label's name; null for none.</param>
    /// <param name="labelValue">The label's value; any text.</param>
    /// <param name="value">The value.</param>
    public void Sample(string name, string? label, string labelValue, double value) => samples.Add(new MetricSample(name, label, labelValue, value));

    /// <summary>Writes a sample without a label.</summary>
    public void Sample(string name, double value) => Sample(name, label: null, string.Empty, value);

    /// <summary>The page.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (MetricFamily family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Type).Append('\n');
            foreach (MetricSample sample in family.Samples)
            {
                Append(text, sample);
            }
        }

        return text.ToString();
    }

    internal void Write(Histogram histogram)
    {
        Header(histogram.Name, "histogram", histogram.Help);
        long cumulative = 0;
        for (int bucket = 0; bucket <= histogram.Bounds.Length; bucket++)
        {
            cumulative += histogram.Count(bucket);
            string bound = bucket < histogram.Bounds.Length ? Number(histogram.Bounds[bucket]) : "+Inf";
            Sample(histogram.Name + "_bucket", "le", bound, cumulative);
        }

        Sample(histogram.Name + "_sum", histogram.Sum);
        Sample(histogram.Name + "_count", cumulative);
    }

    private static void Append(StringBuilder text, MetricSample sample)
    {
        text.Append(sample.Name);
        if (sample.Label is { } label)
        {
            text.Append('{').Append(label).Append("=\"").Append(Escape(sample.LabelValue).Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\"}");
        }

        text.Append(' ').Append(Number(sample.Value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
