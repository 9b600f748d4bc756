using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Trainyard.LocalHost.Http;

namespace Trainyard.LocalHost.Tests.Http;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData(true, StatusCodes.Status200OK)]
    [InlineData(false, 499)]
    public async Task Invoke_CallerGone_EndsQuietly(bool started, int expected)
    {
        Response response = new(started);
        DefaultHttpContext context = new() { RequestAborted = new CancellationToken(canceled: true) };
        context.Features.Set<IHttpResponseFeature>(response);

        await new RequestGuard(static _ => throw new OperationCanceledException(), NullLogger<RequestGuard>.Instance).InvokeAsync(context);

        Assert.Equal(expected, response.StatusCode);
    }

    /// <summary>As the server's own: a status that was sent can no longer be set.</summary>
    private sealed class Response(bool started) : HttpResponseFeature, IHttpResponseFeature
    {
        public override bool HasStarted => started;

        int IHttpResponseFeature.StatusCode
        {
            get => StatusCode;
            set => StatusCode = started ? throw new InvalidOperationException("The response has started.") : value;
        }
    }
}
