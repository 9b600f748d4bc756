using System.ClientModel;
using System.Text.Json;
using OpenAI.Chat;

namespace Trainyard.LocalHost.Tests.AzureOpenAI;

/// <summary>Chats in the documented wire form; true of the package and of what stands in for it.</summary>
public sealed class ChatTests
{
    // As the service answers, with what Azure adds to OpenAI's form: the results of its content filters.
    private const string Answer = """
        {"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"protected_material_code":{"filtered":false,"detected":false}},
        "finish_reason":"stop","index":0,"logprobs":null,"message":{"annotations":[],"content":"Two trains.","refusal":null,"role":"assistant"}}],
        "created":1767603600,"id":"chatcmpl-1","model":"gpt-4o-mini-2024-07-18","object":"chat.completion",
        "prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"jailbreak":{"filtered":false,"detected":false}}}],
        "system_fingerprint":"fp_1","usage":{"completion_tokens":3,"prompt_tokens":11,"total_tokens":14}}
        """;

    private const string ToolCall = """
        {"choices":[{"content_filter_results":{},"finish_reason":"tool_calls","index":0,"logprobs":null,"message":{"content":null,"refusal":null,"role":"assistant",
        "tool_calls":[{"function":{"arguments":"{\"station\":\"Bern\"}","name":"departures"},"id":"call_1","type":"function"}]}}],
        "created":1767603600,"id":"chatcmpl-2","model":"gpt-4o-mini-2024-07-18","object":"chat.completion",
        "usage":{"completion_tokens":9,"prompt_tokens":40,"total_tokens":49}}
        """;

    [Fact]
    public async Task Chat_OfADeployment_IsAskedWithItsNameAndOneKey()
    {
        ModelService service = new(ModelService.Json(Answer));

        await service.Client().GetChatClient("chat-small").CompleteChatAsync(
            [new SystemChatMessage("Be brief."), new UserChatMessage("How many trains?")], new ChatCompletionOptions { Temperature = 0 });

        ModelRequest request = Assert.Single(service.Requests);
        Assert.Equal(("POST", ModelService.Endpoint.Host), (request.Method, request.Address.Host));
        Assert.StartsWith("/openai/", request.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.EndsWith("/chat/completions", request.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal("chat-small", request.Json.GetProperty("model").GetString());
        Assert.Equal(["system", "user"], request.Json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal(ModelService.Key, request.Headers["api-key"]);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        Assert.True(Guid.TryParse(request.Headers["x-ms-client-request-id"], out _));
    }

    [Fact]
    public async Task Chat_AnswerWithFilterResults_IsRead()
    {
        ModelService service = new(ModelService.Json(Answer));

        ChatCompletion completion = await service.Client().GetChatClient("chat-small").CompleteChatAsync("How many trains?");

        Assert.Equal("Two trains.", Assert.Single(completion.Content).Text);
        Assert.Equal((ChatFinishReason.Stop, "gpt-4o-mini-2024-07-18", "chatcmpl-1"), (completion.FinishReason, completion.Model, completion.Id));
        Assert.Equal((11, 3, 14), (completion.Usage.InputTokenCount, completion.Usage.OutputTokenCount, completion.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task Chat_WithTool_IsCalledByTheModel()
    {
        ModelService service = new(ModelService.Json(ToolCall));
        ChatCompletionOptions options = new();
        options.Tools.Add(ChatTool.CreateFunctionTool("departures", "Trains that leave", BinaryData.FromString("""{"type":"object","properties":{"station":{"type":"string"}}}""")));

        ChatCompletion completion = await service.Client().GetChatClient("chat-small").CompleteChatAsync([new UserChatMessage("What leaves Bern?")], options);

        JsonElement sent = service.Requests[0].Json.GetProperty("tools")[0].GetProperty("function");
        Assert.Equal("departures", sent.GetProperty("name").GetString());
        ChatToolCall call = Assert.Single(completion.ToolCalls);
        Assert.Equal((ChatFinishReason.ToolCalls, "call_1", "departures"), (completion.FinishReason, call.Id, call.FunctionName));
        Assert.Equal("Bern", JsonDocument.Parse(call.FunctionArguments).RootElement.GetProperty("station").GetString());
    }

    [Fact]
    public void Chat_WithoutAsync_IsTheSame()
    {
        ModelService service = new(ModelService.Error(System.Net.HttpStatusCode.TooManyRequests, "429", ("retry-after-ms", "0")), ModelService.Json(Answer));

        ClientResult<ChatCompletion> result = service.Client(new CountingCredential(TimeSpan.FromHours(1))).GetChatClient("chat-small").CompleteChat("How many trains?");

        Assert.Equal("Two trains.", result.Value.Content[0].Text);
        Assert.Equal(["Bearer secret-token-1", "Bearer secret-token-1"], service.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Chat_NewKey_IsUsedFromThenOn()
    {
        ModelService service = new(ModelService.Json(Answer), ModelService.Json(Answer));
        ApiKeyCredential credential = new("first");
        ChatClient client = new global::Azure.AI.OpenAI.AzureOpenAIClient(ModelService.Endpoint, credential, service.Options()).GetChatClient("chat-small");

        await client.CompleteChatAsync("How many trains?");
        credential.Update("second");
        await client.CompleteChatAsync("How many trains?");

        Assert.Equal(["first", "second"], service.Requests.Select(request => request.Headers["api-key"]));
        Assert.Equal(2, service.Requests.Select(request => request.Headers["x-ms-client-request-id"]).Distinct().Count());
    }
}
