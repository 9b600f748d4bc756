using Microsoft.AspNetCore.Http;
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

    [Theory]
    [InlineData(StatusCodes.Status400BadRequest, ProblemKind.Malformed, "request_malformed")]
    [InlineData(StatusCodes.Status408RequestTimeout, ProblemKind.TooSlow, "request_too_slow")]
    [InlineData(StatusCodes.Status413PayloadTooLarge, ProblemKind.TooLarge, "request_too_large")]
    public void TryMap_BodyThatTheServerRefuses_SaysWhy(int status, ProblemKind kind, string code)
    {
        Problem problem = ProblemMapping.TryMap(new BadHttpRequestException("because", status))!;

        Assert.Equal((kind, code), (problem.Kind, problem.Code));
        Assert.Equal(status, ProblemResponse.Describe(problem.Kind).Status);
    }

    [Theory]
    [InlineData("Invalid request target: ''", "Invalid request target.")]
    [InlineData("Invalid content length: abc", "Invalid content length: abc")]
    public void TryMap_MalformedRequest_GivesTheServersReason(string reason, string expected) =>
        Assert.EndsWith(expected, ProblemMapping.TryMap(new BadHttpRequestException(reason))!.Detail, StringComparison.Ordinal);

    [Fact]
    public void TryMap_ReasonThatRepeatsTheRequest_IsCutShort() =>
        Assert.True(ProblemMapping.TryMap(new BadHttpRequestException(new string('x', 100_000)))!.Detail.Length < 300);

    [Fact]
    public void TryMap_ABugOfOurs_IsNoRefusal() => Assert.Null(ProblemMapping.TryMap(new NullReferenceException()));
}
