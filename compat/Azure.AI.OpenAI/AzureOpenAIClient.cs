using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics.CodeAnalysis;
using Azure.AI.OpenAI.Wire;
using Azure.Core;
using OpenAI;
using OpenAI.Assistants;
using OpenAI.Audio;
using OpenAI.Batch;
using OpenAI.Chat;
using OpenAI.Containers;
using OpenAI.Conversations;
using OpenAI.Decisions;
using OpenAI.Embeddings;
using OpenAI.Evals;
using OpenAI.Files;
using OpenAI.FineTuning;
using OpenAI.Graders;
using OpenAI.Images;
using OpenAI.Models;
using OpenAI.Moderations;
using OpenAI.Realtime;
using OpenAI.Responses;
using OpenAI.Skills;
using OpenAI.VectorStores;
using OpenAI.Videos;

namespace Azure.AI.OpenAI;

/// <summary>The models that are deployed in an Azure OpenAI resource. Thread safe.</summary>
/// <remarks>
/// Requests go to the resource's v1 API, which takes what the OpenAI library sends, with the deployment's name as the model.
/// So the library's own clients do the work, on a pipeline that brings Azure's credentials and follows its retry headers.
/// </remarks>
public class AzureOpenAIClient : OpenAIClient
{
    internal const string ApiPath = "/openai/v1";

    public AzureOpenAIClient(Uri endpoint, ApiKeyCredential credential)
        : this(endpoint, credential, new AzureOpenAIClientOptions())
    {
    }

    public AzureOpenAIClient(Uri endpoint, TokenCredential credential)
        : this(endpoint, credential, new AzureOpenAIClientOptions())
    {
    }

    public AzureOpenAIClient(Uri endpoint, ApiKeyCredential credential, AzureOpenAIClientOptions? options)
        : this(Pipe(KeyPolicy(credential), options), endpoint, options)
    {
    }

    public AzureOpenAIClient(Uri endpoint, TokenCredential credential, AzureOpenAIClientOptions? options)
        : this(Pipe(TokenPolicy(credential, options), options), endpoint, options)
    {
    }

    protected AzureOpenAIClient(ClientPipeline pipeline, Uri endpoint, AzureOpenAIClientOptions? options)
        : base(Given(pipeline), new OpenAIClientOptions { Endpoint = Api(endpoint) })
    {
    }

    protected AzureOpenAIClient()
    {
    }

    public override AudioClient GetAudioClient(string deploymentName) => base.GetAudioClient(deploymentName);

    [Experimental("OPENAI001")]
    public override BatchClient GetBatchClient() => base.GetBatchClient();

    public override ChatClient GetChatClient(string deploymentName) => base.GetChatClient(deploymentName);

    public override EmbeddingClient GetEmbeddingClient(string deploymentName) => base.GetEmbeddingClient(deploymentName);

    public override ImageClient GetImageClient(string deploymentName) => base.GetImageClient(deploymentName);

    [Experimental("AOAI001")]
    public override OpenAIFileClient GetOpenAIFileClient() => base.GetOpenAIFileClient();

    public override OpenAIModelClient GetOpenAIModelClient() =>
        throw new NotSupportedException("Azure OpenAI does not support the OpenAI model management API. Azure's account management API tells of deployments.");

    public override ModerationClient GetModerationClient(string _) =>
        throw new NotSupportedException("Azure OpenAI does not support the OpenAI moderations API. Its content filters are configured with the deployment.");

    [Experimental("OPENAI001")]
    public override AssistantClient GetAssistantClient() => throw OnlyInPreviews("Assistants");

    [Experimental("OPENAI001")]
    public override FineTuningClient GetFineTuningClient() => throw OnlyInPreviews("Fine-tuning");

    [Experimental("OPENAI001")]
    public override VectorStoreClient GetVectorStoreClient() => throw OnlyInPreviews("Vector stores");

    // What follows came into the OpenAI library after the version that Azure.AI.OpenAI is built on. It would work here and not
    // even compile where the real package is used.
    [Experimental("OPENAI001")]
    public override ContainerClient GetContainerClient() => throw Unknown("Containers");

    [Experimental("OPENAI001")]
    public override ConversationClient GetConversationClient() => throw Unknown("Conversations");

    [Experimental("OPENAI001")]
    public override DecisionsClient GetDecisionsClient() => throw Unknown("Decisions");

    [Experimental("OPENAI001")]
    public override EvaluationClient GetEvaluationClient() => throw Unknown("Evaluations");

    [Experimental("OPENAI001")]
    public override GraderClient GetGraderClient() => throw Unknown("Graders");

    [Experimental("OPENAI002")]
    public override RealtimeClient GetRealtimeClient() => throw Unknown("Realtime conversations");

    [Experimental("OPENAI001")]
    public override ResponsesClient GetResponsesClient() => throw Unknown("Responses");

    [Experimental("OPENAI001")]
    public override SkillClient GetSkillClient() => throw Unknown("Skills");

    [Experimental("OPENAI001")]
    public override VideoClient GetVideoClient() => throw Unknown("Videos");

    private static InvalidOperationException OnlyInPreviews(string what) =>
        new($"{what} are not in the stable releases of Azure.AI.OpenAI, which is what is deployed.");

    private static NotSupportedException Unknown(string what) =>
        new($"{what} are unknown to the stable releases of Azure.AI.OpenAI, which is what is deployed.");

    // As the original, the path of the endpoint is kept: a gateway may stand before the resource.
    private static Uri Api(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new UriBuilder(endpoint) { Path = endpoint.AbsolutePath.TrimEnd('/') + ApiPath }.Uri;
    }

    private static ClientPipeline Given(ClientPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline;
    }

    private static ApiKeyAuthenticationPolicy KeyPolicy(ApiKeyCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(credential, "api-key");
    }

    private static TokenPolicy TokenPolicy(TokenCredential credential, AzureOpenAIClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return new TokenPolicy(credential, (options?.Audience ?? AzureOpenAIAudience.AzurePublicCloud).ToString());
    }

    private static ClientPipeline Pipe(AuthenticationPolicy authentication, AzureOpenAIClientOptions? options) =>
        ClientPipeline.Create(
            options ?? new AzureOpenAIClientOptions(),
            perCallPolicies: [new UserAgentPolicy(typeof(AzureOpenAIClient).Assembly, options?.UserAgentApplicationId), new RequestPolicy()],
            perTryPolicies: [authentication],
            beforeTransportPolicies: []);
}
