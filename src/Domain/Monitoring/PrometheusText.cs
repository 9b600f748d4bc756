using System.Globalization;
using System.Text;

namespace Trainyard.Domain.Monitoring;

/// <summary>Builds a page in Prometheus' text format, version 0.0.4. Not thread safe.</summary>
public sealed class PrometheusText
{
    /// <summary>Its media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    /// <summary>Begins a metric.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    /// <param name="help">One sentence.</param>
    public void Header(string name, string type, string help)
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    /// <summary>Writes a sample.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="label">The label's name; null for none.</param>
    /// <param name="labelValue">The label's value; any text.</param>
    /// <param name="value">The value.</param>
    public void Sample(string name, string? label, string labelValue, double value)
    {
        text.Append(name);
        if (label is not null)
        {
            text.Append('{').Append(label).Append("=\"").Append(Escape(labelValue).Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\"}");
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    /// <summary>Writes a sample without a label.</summary>
    public void Sample(string name, double value) => Sample(name, label: null, string.Empty, value);

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

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

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
