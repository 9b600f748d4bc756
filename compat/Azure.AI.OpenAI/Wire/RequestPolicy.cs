using System.ClientModel.Primitives;

namespace Azure.AI.OpenAI.Wire;

/// <summary>Names a request, so that the service's operators find it, and asks for the surface of the API that its operation is in.</summary>
internal sealed class RequestPolicy : PipelinePolicy
{
    public const string RequestIdHeader = "x-ms-client-request-id";

    // Speech and images are documented in the v1 API's preview alone; everything else is in v1 itself, the default.
    private static readonly string[] previews = [$"{AzureOpenAIClient.ApiPath}/audio/", $"{AzureOpenAIClient.ApiPath}/images/"];

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Complete(message.Request);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Complete(message.Request);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private static void Complete(PipelineRequest request)
    {
        if (!request.Headers.TryGetValue(RequestIdHeader, out _))
        {
            request.Headers.Set(RequestIdHeader, Guid.NewGuid().ToString());
        }

        if (request.Uri is { } address && Array.Exists(previews, path => address.AbsolutePath.Contains(path, StringComparison.Ordinal)))
        {
            const string Preview = "api-version=preview";
            request.Uri = new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query}&{Preview}" : Preview }.Uri;
        }
    }
}
