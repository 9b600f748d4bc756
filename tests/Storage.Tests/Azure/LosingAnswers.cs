using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Trainyard.Storage.Tests.Azure;

/// <summary>Loses the answer to the first successful write of a kind: the service has done it, the client hears 503 and tries again.</summary>
internal sealed class LosingAnswers(Func<Request, bool> writes) : HttpPipelinePolicy
{
    private int lost;

    /// <summary>Answers that were lost.</summary>
    public int Lost => lost;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (writes(message.Request) && !message.Response.IsError && Interlocked.CompareExchange(ref lost, 1, 0) == 0)
        {
            message.Response = new Busy();
        }
    }

    private sealed class Busy : Response
    {
        public override int Status => (int)HttpStatusCode.ServiceUnavailable;

        public override string ReasonPhrase => "Server Busy";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = string.Empty;

        public override bool IsError => true;

        public override void Dispose()
        {
            // It holds nothing.
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }
}
