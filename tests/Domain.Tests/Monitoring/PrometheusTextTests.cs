using Trainyard.Domain.Monitoring;

namespace Trainyard.Domain.Tests.Monitoring;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Write_HistogramAndCounter_AreCumulativeAndEscaped()
    {
        MetricsRegistry registry = new();
        registry.Counter("a_total", "Help\nme.", "name").Add("say \"hi\"", 2);
        Histogram histogram = registry.Histogram("b_seconds", "Time.", [0.1, 1]);
        histogram.Observe(0.1);
        histogram.Observe(0.5);
        histogram.Observe(7);

        PrometheusText text = new();
        registry.Write(text);

        Assert.Equal(
            """
            # HELP a_total Help\nme.
            # TYPE a_total counter
            a_total{name="say \"hi\""} 2
            # HELP b_seconds Time.
            # TYPE b_seconds histogram
            b_seconds_bucket{le="0.1"} 1
            b_seconds_bucket{le="1"} 2
            b_seconds_bucket{le="+Inf"} 3
            b_seconds_sum 7.6
            b_seconds_count 3

            """.ReplaceLineEndings("\n"),
            text.ToString());
    }

    [Fact]
    public void Add_MoreLabelsThanAllowed_CountAsOther()
    {
        Counter counter = new MetricsRegistry().Counter("a_total", "Help.", "name");
        for (int index = 0; index < MetricsRegistry.MaxSeries + 5; index++)
        {
            counter.Add($"n{index}", 1);
        }

        Assert.Equal(5, counter.Values.Single(pair => pair.Key == MetricsRegistry.Overflow).Value);
    }

    [Fact]
    public void Add_ManyLabelsAtOnce_KeepsTheBoundAndCountsAll()
    {
        const int Labels = 4 * MetricsRegistry.MaxSeries;
        Counter counter = new MetricsRegistry().Counter("a_total", "Help.", "name");
        Parallel.For(0, Labels * 10, index => counter.Add($"n{index % Labels}", 1));

        Assert.Equal(MetricsRegistry.MaxSeries + 1, counter.Values.Count());
        Assert.Equal(Labels * 10, counter.Values.Sum(pair => pair.Value));
    }
}
