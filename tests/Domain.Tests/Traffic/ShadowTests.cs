using Trainyard.Domain.Monitoring;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Traffic;
using Trainyard.Domain.Serving;
using Trainyard.Domain.Tests.Serving;
using Trainyard.Domain.Traffic.Counting;
using Trainyard.Domain.Traffic.Shadows;

namespace Trainyard.Domain.Tests.Traffic;

public sealed class ShadowTests : IDisposable
{
    private const string Body = """{"instances":[{"size":1,"colour":"red"},{"size":12,"colour":"green"}]}""";
    private readonly ServingWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task Shadow_OfTheSameModel_AgreesInEverything()
    {
        await DeployAsync(shadow: 100);
        for (int request = 0; request < 20; request++)
        {
            await world.PredictAsync(Body);
        }

        ShadowCounts counts = await CountsAsync(until: 20);

        Assert.Equal((20, 0, 0, 40), (counts.Calls, counts.Failures, counts.Dropped, counts.Rows));
        Assert.Equal((1.0, 0.0, 0.0), (counts.Agreement, counts.MeanDifference, counts.StabilityIndex));
        Assert.Equal(new Dictionary<string, long> { ["apple"] = 20, ["melon"] = 20 }, counts.Sent.Labels);
    }

    [Fact]
    public async Task Shadow_WithAShare_SeesThatShare()
    {
        await DeployAsync(shadow: 25);
        for (int request = 0; request < 400; request++)
        {
            await world.PredictAsync(Body);
        }

        ShadowCounts counts = await CountsAsync(until: 60);

        Assert.InRange(counts.Calls, 60, 145);
    }

    [Fact]
    public async Task Shadow_OfAModelThatReadsOtherColumns_FailsAndCostsNoCallerAnything()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.RegisterAsync(ServingWorld.Regressor(), "run-2");
        await world.Traffic.SetAsync(
            TestStores.Tenant, "fruit", new TrafficChange { Shadows = [new("v2", 100)] }, "shadow", new ChangeNote("ada"), default);

        // The other model has no column of sizes: that is what it predicts.
        await world.PredictAsync(Body);
        ShadowCounts counts = await CountsAsync(until: 1);

        Assert.Equal((1, 1, 0), (counts.Calls, counts.Failures, counts.Rows));
        Assert.Contains("ml_shadow_failures_total{model=\"fruit\"} 1\n", world.MetricsText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shadow_ThatNobodyWorksOff_DropsAndCountsWhatIsTooMuch()
    {
        using ServingWorld idle = new(worksOffShadows: false);
        await DeployAsync(idle, shadow: 100);
        for (int request = 0; request < ShadowQueue.MaxWaiting + 7; request++)
        {
            await idle.PredictAsync(Body);
        }

        await idle.Book.FlushAsync(default);
        ShadowCounts counts = (await idle.Book.ReadAsync(TestStores.Tenant, "fruit", 2, default)).Shadows[2];

        Assert.Equal((0, 7), (counts.Calls, counts.Dropped));
        Assert.Contains("ml_shadow_dropped_total{model=\"fruit\"} 7\n", idle.MetricsText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OfShadows_TellAgreementAndDifference()
    {
        await DeployAsync(shadow: 100);
        await world.PredictAsync(Body);
        await CountsAsync(until: 1);
        PrometheusText text = new();

        await new ShadowMetrics(world.Book).WriteAsync(text, default);

        Assert.Contains("ml_shadow_agreement_ratio{model_version=\"fruit/v2\"} 1\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("ml_shadow_stability_index{model_version=\"fruit/v2\"} 0\n", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Comparison_OfLabelsInAnotherOrder_GoesByName()
    {
        using CallOutputs sent = Outputs(2, ["a", "b"], 0.9, 0.1, 0.4, 0.6);
        using CallOutputs own = Outputs(3, ["c", "b", "a"], 0.1, 0.2, 0.7, 0.1, 0.3, 0.6);

        Comparison comparison = Comparison.Of(sent, own);

        // a: 0.7 - 0.9; b: 0.3 - 0.6, where the other says a.
        Assert.Equal((2, 1), (comparison.Rows, comparison.Agreed));
        Assert.Equal(-0.5, comparison.Difference, 1e-12);
        Assert.Equal(0.5, comparison.AbsoluteDifference, 1e-12);
    }

    [Fact]
    public void Comparison_OfNumbers_IsTheirDifference()
    {
        using CallOutputs sent = Outputs(1, [], 10, 20, 30);
        using CallOutputs own = Outputs(1, [], 10.000001, 22, 27);

        Comparison comparison = Comparison.Of(sent, own);

        Assert.Equal((3, 1), (comparison.Rows, comparison.Agreed));
        Assert.Equal(-0.999999, comparison.Difference, 1e-9);
        Assert.Equal(5.000001, comparison.AbsoluteDifference, 1e-9);
    }

    private static CallOutputs Outputs(int width, string[] classes, params double[] values)
    {
        CallOutputs outputs = new();
        outputs.Take(values, width, classes);
        return outputs;
    }

    private static async Task DeployAsync(ServingWorld world, double shadow)
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        await world.RegisterAsync(ServingWorld.Classifier(), "run-2");
        Deployment deployment = await world.Traffic.SetAsync(
            TestStores.Tenant, "fruit", new TrafficChange { Shadows = [new("v2", shadow)] }, "shadow", new ChangeNote("ada"), default);
        Assert.Equal(2, deployment.Number);
    }

    private Task DeployAsync(double shadow) => DeployAsync(world, shadow);

    private async Task<ShadowCounts> ReadAsync()
    {
        await world.Book.FlushAsync(default);
        return (await world.Book.ReadAsync(TestStores.Tenant, "fruit", 2, default)).Shadows.GetValueOrDefault(2, new ShadowCounts());
    }

    // Shadows answer when they get to it.
    private async Task<ShadowCounts> CountsAsync(long until)
    {
        using CancellationTokenSource tooLong = new(TimeSpan.FromSeconds(60));
        ShadowCounts counts = await ReadAsync();
        while (counts.Calls < until)
        {
            tooLong.Token.ThrowIfCancellationRequested();
            await Task.Yield();
            counts = await ReadAsync();
        }

        return counts;
    }
}
