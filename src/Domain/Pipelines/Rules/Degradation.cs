using Trainyard.Learning.Metrics;

namespace Trainyard.Domain.Pipelines.Rules;

/// <summary>Tells whether a run's metric is worse than that of the run before.</summary>
public static class Degradation
{
    /// <summary>
    /// Share of the previous run's value by which a metric may worsen before it is worth an alert: 0.05. The threshold is
    /// the sharp bound that users set; this one only catches a slide towards it.
    /// </summary>
    public const double Tolerance = 0.05;

    /// <summary>The relative worsening from one run to the next, <c>drop / |previous|</c>: 0.1 is ten percent worse, negative is better.</summary>
    /// <returns>0 when the previous value is 0, where no share can be told.</returns>
    public static double Worsening(double previous, double current, MetricInfo metric) =>
        previous == 0 ? 0 : metric.Drop(previous, current) / Math.Abs(previous);

    /// <summary>Whether the worsening exceeds <see cref="Tolerance"/>.</summary>
    public static bool IsDegraded(double previous, double current, MetricInfo metric) =>
        Worsening(previous, current, metric) > Tolerance;
}
