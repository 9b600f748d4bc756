namespace Trainyard.Domain.Monitoring;

/// <summary>A metric with its samples.</summary>
/// <param name="Name">Prometheus name.</param>
/// <param name="Type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Samples">One for each value of its label; those of a histogram are its buckets, sum and count.</param>
public sealed record MetricFamily(string Name, string Type, string Help, IReadOnlyList<MetricSample> Samples);
