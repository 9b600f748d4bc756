using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Http;

namespace Trainyard.Functions.Tests.Problems;

public class ProblemMappingTests
{
    [Fact]
    public void TryMap_StorageFails_AsksToComeBack()
    {
        Problem problem = ProblemMapping.TryMap(new StorageUnavailableException("The disk is full."))!;

        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
        Assert.Equal("storage_unavailable", problem.Code);
        Assert.NotNull(problem.RetryAfter);
        Assert.DoesNotContain("disk", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TryMap_ABugOfOurs_IsNoRefusal() => Assert.Null(ProblemMapping.TryMap(new NullReferenceException()));
}
