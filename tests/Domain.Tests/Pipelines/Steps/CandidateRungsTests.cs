using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Selection;

namespace Trainyard.Domain.Tests.Pipelines.Steps;

public class CandidateRungsTests
{
    private static readonly DateTimeOffset Now = new(2025, 11, 3, 21, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null)]
    [InlineData("prediction")]
    public void First_WithoutATimeBudget_IsTheShortListInOneRung(string? type)
    {
        CandidateSpec[] specs = CandidateRungs.First(Workspace(8000, null, type), Now);
        Assert.Equal(5, specs.Length);
        Assert.All(specs, (spec, index) => Assert.Equal((index, 1, 4800, false, null), (spec.Index, spec.Rung!.Number, spec.Rung.Rows, spec.HasNextRung, spec.Deadline)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("prediction")]
    public void Next_TakesTheBestThirdToThreeTimesTheRows(string? type)
    {
        RunWorkspace workspace = Workspace(8000, 60, type);
        CandidateSpec[] first = CandidateRungs.First(workspace, Now);
        Assert.Equal(SearchSpace.MaximumCandidates, first.Length);
        Assert.All(first, spec => Assert.Equal((533, true, Now.AddSeconds(60)), (spec.Rung!.Rows, spec.HasNextRung, spec.Deadline)));

        // The later in the list the better, but one cannot be fitted.
        CandidateSpec[] second = CandidateRungs.Next(workspace, first, [.. first.Select(spec => spec.Index == 26 ? Score(spec, null) with { Code = "feature_not_finite" } : Score(spec, 100 - spec.Index))]);
        Assert.Equal(first[17..26].Reverse().Select(spec => spec.Candidate.Name), second.Select(spec => spec.Candidate.Name));
        Assert.Equal(Enumerable.Range(27, 9), second.Select(spec => spec.Index));
        Assert.All(second, spec => Assert.Equal((2, 1600, true, Now.AddSeconds(60)), (spec.Rung!.Number, spec.Rung.Rows, spec.HasNextRung, spec.Deadline)));

        CandidateSpec[] third = CandidateRungs.Next(workspace, second, [.. second.Select(spec => Score(spec, 1))]);
        Assert.Equal(second[..3].Select(spec => spec.Candidate.Name), third.Select(spec => spec.Candidate.Name));
        Assert.All(third, spec => Assert.Equal((3, 4800, false), (spec.Rung!.Number, spec.Rung.Rows, spec.HasNextRung)));
        Assert.Empty(CandidateRungs.Next(workspace, third, [.. third.Select(spec => Score(spec, 1))]));
    }

    [Fact]
    public void Next_OnceTheTimeIsUp_IsNone()
    {
        RunWorkspace workspace = Workspace(8000, 60);
        CandidateSpec[] first = CandidateRungs.First(workspace, Now);
        Assert.Empty(CandidateRungs.Next(workspace, first, [.. first.Select(spec => spec.Index == 26 ? Score(spec, null) with { TimeUp = true } : Score(spec, 1))]));
    }

    [Fact]
    public void Next_WhereNobodyHasAScore_TriesAllOnMoreRows()
    {
        RunWorkspace workspace = Workspace(8000, 60);
        CandidateSpec[] first = CandidateRungs.First(workspace, Now);
        CandidateSpec[] second = CandidateRungs.Next(workspace, first, [.. first.Select(spec => Score(spec, null) with { Code = "metric_undefined" })]);
        Assert.Equal(first.Select(spec => spec.Candidate.Name), second.Select(spec => spec.Candidate.Name));
    }

    internal static CandidateScore Score(CandidateSpec spec, double? score) =>
        new(spec.Index, spec.Candidate.Name, spec.Candidate.Learner, spec.Candidate.Settings, score, 0) { Rung = spec.Rung!.Number, Rows = spec.Rung.Rows, Seconds = 2 };

    private static RunWorkspace Workspace(int rows, int? budget, string? type = null)
    {
        Table table = new([new NumberColumn("x", [.. Enumerable.Range(0, rows).Select(row => row * 0.5)]), new NumberColumn("y", [.. Enumerable.Range(0, rows).Select(row => row * 7919 % 1000 / 3.0)])]);
        PipelineRun run = new()
        {
            Id = "r",
            PipelineId = "p",
            CreatedAt = Now,
            Settings = new PipelineSettings("m", "dataset://d", "y", "rmse", 1, AutoDeploy: false, Seed: 42) { TimeBudgetSeconds = budget, ModelType = type },
        };
        return RunKinds.Of(run.Settings).Open(run, new InspectedDataset(new RunDataset("d", 1, new string('0', 64)), table, TargetEncoding.Infer(table, "y")));
    }
}
