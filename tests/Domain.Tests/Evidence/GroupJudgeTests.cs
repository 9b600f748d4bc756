using Trainyard.Domain.Evidence;
using Trainyard.Domain.Evidence.Comparisons;

namespace Trainyard.Domain.Tests.Evidence;

public sealed class GroupJudgeTests
{
    private static readonly ComparisonRules Conversion = new(new MeasureRules("conversion", HigherIsBetter: true), [], Alpha: 0.05, MinSample: 100);
    private static readonly ComparisonRules Guarded = Conversion with { Guardrails = [new MeasureRules("error_share", HigherIsBetter: false, AllowedHarm: 0.01)] };

    [Fact]
    public void Judge_OfNothing_Continues()
    {
        ComparisonResult result = GroupJudge.Judge([Group("control", 0, 0, 0), Group("new", 0, 0, 0)], Conversion);
        Assert.Equal((Recommendation.Continue, null, 1.0), (result.Recommendation, result.Group, result.SampleRatioPValue));
        Assert.Equal(("open", -1.0, 1.0, null), (result.Groups[1].Metric.State, result.Groups[1].Metric.Lower, result.Groups[1].Metric.Upper, result.Groups[1].Metric.Mean));
    }

    [Fact]
    public void Judge_OfABetterGroup_PromotesItOnceThereIsEnough()
    {
        GroupCounts[] groups = [Group("control", 2000, 800, 2000), Group("new", 2000, 1000, 2000)];
        ComparisonResult result = GroupJudge.Judge(groups, Conversion);
        Assert.Equal((Recommendation.Promote, "new", "better"), (result.Recommendation, result.Group, result.Groups[1].Metric.State));
        Assert.Equal(0.1, result.Groups[1].Metric.Difference!.Value, 1e-12);
        Assert.Equal(Recommendation.Continue, GroupJudge.Judge(groups, Conversion with { MinSample = 2001 }).Recommendation);
    }

    [Fact]
    public void Judge_WhereLessIsBetter_TurnsRound()
    {
        ComparisonRules rules = Conversion with { Metric = new MeasureRules("error", HigherIsBetter: false, Least: 0, Greatest: 50) };
        ComparisonResult result = GroupJudge.Judge([Group("control", 2000, 800, 2000), Group("new", 2000, 600, 2000)], rules);
        Assert.Equal((Recommendation.Promote, "new"), (result.Recommendation, result.Group));
        Assert.Equal((20.0, 15.0, -5.0), (result.Groups[0].Metric.Mean!.Value, result.Groups[1].Metric.Mean!.Value, Math.Round(result.Groups[1].Metric.Difference!.Value, 9)));
        Assert.InRange(result.Groups[1].Metric.Upper, -5, 0);
    }

    [Fact]
    public void Judge_OfSeveralBetterOnes_TakesTheBest()
    {
        const double Third = 1.0 / 3;
        GroupCounts[] groups = [Group("control", 1000, 300, 1000, Third), Group("good", 1000, 450, 1000, Third), Group("best", 1000, 550, 1000, Third)];
        Assert.Equal("best", GroupJudge.Judge(groups, Conversion).Group);
    }

    [Fact]
    public void Judge_OfAWorseGroup_KeepsTheControl()
    {
        ComparisonResult result = GroupJudge.Judge([Group("control", 2000, 1000, 2000), Group("new", 2000, 800, 2000)], Conversion);
        Assert.Equal((Recommendation.Keep, null, "worse"), (result.Recommendation, result.Group, result.Groups[1].Metric.State));
    }

    [Fact]
    public void Judge_OfABetterGroupThatHarmsAGuardrail_KeepsTheControl()
    {
        ComparisonResult result = GroupJudge.Judge([Group("control", 1000, 400, 1000, guard: new(10, 5000)), Group("new", 1000, 500, 1000, guard: new(300, 5000))], Guarded);
        Assert.Equal((Recommendation.Keep, "worse"), (result.Recommendation, result.Groups[1].Guardrails[0].State));
        Assert.Contains("error_share", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_OfAGuardrailWithinWhatIsAllowed_SaysItIsSafe()
    {
        ComparisonResult result = GroupJudge.Judge([Group("control", 2000, 800, 2000, guard: new(10, 50_000)), Group("new", 2000, 1000, 2000, guard: new(12, 50_000))], Guarded);
        Assert.Equal((Recommendation.Promote, "safe"), (result.Recommendation, result.Groups[1].Guardrails[0].State));
    }

    [Fact]
    public void Judge_WhenUnitsDidNotComeAsTheyShould_BelievesNothing()
    {
        GroupCounts[] groups = [Group("control", 5000, 400, 1000), Group("new", 4500, 500, 1000)];
        ComparisonResult result = GroupJudge.Judge(groups, Conversion);
        Assert.Equal(Recommendation.Invalid, result.Recommendation);
        Assert.True(result.SampleRatioPValue < SampleRatio.Alpha);
        Assert.Equal(Recommendation.Invalid, GroupJudge.Judge([Group("control", 1000, 400, 1000), Group("new", 1000, 500, 1000)], Conversion, result.SampleRatioPValue).Recommendation);
    }

    [Fact]
    public void Judge_WhenItIsOverAndNothingProven_KeepsTheControl() =>
        Assert.Equal(Recommendation.Keep, GroupJudge.Judge([Group("control", 100, 40, 100), Group("new", 100, 41, 100)], Conversion, isOver: true).Recommendation);

    private static GroupCounts Group(string name, long units, double sum, long count, double share = 0.5, BoundedSum guard = default) =>
        new(name, share, units, new BoundedSum(sum, count), [guard]);
}
