using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Tests.Pipelines.Runs;

public class RunTransitionsTests
{
    private static readonly (RunStatus From, RunStatus To)[] Allowed =
    [
        (RunStatus.Queued, RunStatus.Running),
        (RunStatus.Queued, RunStatus.Failed),
        (RunStatus.Queued, RunStatus.Cancelled),
        (RunStatus.Running, RunStatus.Deployed),
        (RunStatus.Running, RunStatus.Completed),
        (RunStatus.Running, RunStatus.Rejected),
        (RunStatus.Running, RunStatus.Failed),
        (RunStatus.Running, RunStatus.Cancelled),
    ];

    [Fact]
    public void IsAllowed_OfEveryPair_IsTheTable()
    {
        RunStatus[] all = Enum.GetValues<RunStatus>();
        IEnumerable<(RunStatus, RunStatus)> found = all.SelectMany(from => all.Select(to => (from, to))).Where(pair => RunTransitions.IsAllowed(pair.from, pair.to));
        Assert.Equal(Allowed.Order(), found.Order());
    }
}
