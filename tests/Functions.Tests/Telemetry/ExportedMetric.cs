namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>One series of a metric as a collector gets it. Field numbers are those of opentelemetry/proto/metrics/v1/metrics.proto.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Kind"><c>gauge</c>, <c>sum</c> or <c>histogram</c>.</param>
/// <param name="Unit">Its unit; empty for none.</param>
/// <param name="Labels">The labels, as name=value.</param>
/// <param name="Value">The value; of a histogram, its count.</param>
/// <param name="Bounds">The bounds of a histogram.</param>
internal sealed record ExportedMetric(string Name, string Kind, string Unit, IReadOnlyList<string> Labels, double Value, IReadOnlyList<double> Bounds)
{
    private const int Gauge = 5;
    private const int Sum = 7;
    private const int Histogram = 9;

    public static IEnumerable<ExportedMetric> ReadAll(byte[] request) => new ProtobufMessage(request).Path(1, 2, 2).SelectMany(static metric =>
        metric.Path(Gauge, 1).Select(point => Read(metric, point, "gauge"))
            .Concat(metric.Path(Sum, 1).Select(point => Read(metric, point, "sum")))
            .Concat(metric.Path(Histogram, 1).Select(point => ReadHistogram(metric, point))));

    // A number is either a double (4) or a whole one (6).
    private static ExportedMetric Read(ProtobufMessage metric, ProtobufMessage point, string kind) => new(
        metric.Text(1), kind, metric.Text(3), Read(point.Messages(7)), point.Has(4) ? BitConverter.UInt64BitsToDouble(point.Number(4)) : point.Number(6), []);

    private static ExportedMetric ReadHistogram(ProtobufMessage metric, ProtobufMessage point)
    {
        byte[] bounds = point.Bytes(7);
        IEnumerable<double> read = Enumerable.Range(0, bounds.Length / sizeof(double)).Select(index => BitConverter.ToDouble(bounds, index * sizeof(double)));
        return new ExportedMetric(metric.Text(1), "histogram", metric.Text(3), Read(point.Messages(9)), point.Number(4), [.. read]);
    }

    private static string[] Read(IEnumerable<ProtobufMessage> labels) => [.. labels.Select(static label => $"{label.Text(1)}={label.Path(2).Single().Text(1)}")];
}
