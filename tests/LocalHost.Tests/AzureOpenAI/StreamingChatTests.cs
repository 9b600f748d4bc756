using System.ClientModel;
using System.Net;
using System.Text;
using Azure.AI.OpenAI;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using OpenAI.Chat;

namespace Trainyard.LocalHost.Tests.AzureOpenAI;

/// <summary>Chats that arrive piece by piece, over the network; true of the package and of what stands in for it.</summary>
public sealed class StreamingChatTests
{
    // The first event carries what the filters say of the prompt, and no choice; the last the usage, and no choice.
    private static readonly string[] events =
    [
        """{"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}""",
        """{"choices":[{"content_filter_results":{},"delta":{"content":"","refusal":null,"role":"assistant"},"finish_reason":null,"index":0,"logprobs":null}],"created":1767603600,"id":"chatcmpl-1","model":"gpt-4o-mini-2024-07-18","object":"chat.completion.chunk","usage":null}""",
        """{"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}},"delta":{"content":"Two "},"finish_reason":null,"index":0,"logprobs":null}],"created":1767603600,"id":"chatcmpl-1","model":"gpt-4o-mini-2024-07-18","object":"chat.completion.chunk","usage":null}""",
        """{"choices":[{"content_filter_results":{},"delta":{"content":"trains."},"finish_reason":null,"index":0,"logprobs":null}],"created":1767603600,"id":"chatcmpl-1","model":"gpt-4o-mini-2024-07-18","object":"chat.completion.chunk","usage":null}""",
        """{"choices":[{"content_filter_results":{},"delta":{},"finish_reason":"stop","index":0,"logprobs":null}],"created":1767603600,"id":"chatcmpl-1","model":"gpt-4o-mini-2024-07-18","object":"chat.completion.chunk","usage":null}""",
        """{"choices":[],"created":1767603600,"id":"chatcmpl-1","model":"gpt-4o-mini-2024-07-18","object":"chat.completion.chunk","usage":{"completion_tokens":3,"prompt_tokens":11,"total_tokens":14}}""",
        "[DONE]",
    ];

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Stream_InPieces_ArrivesAsItIsSentWithItsUsage()
    {
        using SemaphoreSlim read = new(0);
        await using WebApplication server = await ServeAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (string data in events)
            {
                // The next event is not sent before the text of this one was read, so nothing is held back on the way.
                await SendAsync(context, data);
                if (data.Contains("Two ", StringComparison.Ordinal))
                {
                    await read.WaitAsync(context.RequestAborted);
                }
            }
        });
        StringBuilder text = new();
        List<ChatFinishReason> reasons = [];
        ChatTokenUsage? usage = null;
        using CancellationTokenSource limit = new(patience);

        await foreach (StreamingChatCompletionUpdate update in Chat(server).CompleteChatStreamingAsync([new UserChatMessage("How many trains?")], cancellationToken: limit.Token))
        {
            foreach (ChatMessageContentPart part in update.ContentUpdate)
            {
                text.Append(part.Text);
            }

            if (text.ToString() == "Two " && usage is null)
            {
                read.Release();
            }

            reasons.AddRange(update.FinishReason is { } reason ? [reason] : []);
            usage = update.Usage ?? usage;
        }

        Assert.Equal("Two trains.", text.ToString());
        Assert.Equal([ChatFinishReason.Stop], reasons);
        Assert.Equal((11, 3), (usage?.InputTokenCount, usage?.OutputTokenCount));
    }

    [Fact]
    public async Task Stream_CancelledInBetween_EndsHereAndAtTheService()
    {
        TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebApplication server = await ServeAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            using CancellationTokenRegistration leaving = context.RequestAborted.Register(left.SetResult);
            foreach (string data in events[..3])
            {
                await SendAsync(context, data);
            }

            await left.Task;
        });
        using CancellationTokenSource cancellation = new(patience);
        int pieces = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (StreamingChatCompletionUpdate update in Chat(server).CompleteChatStreamingAsync([new UserChatMessage("How many trains?")], cancellationToken: cancellation.Token))
            {
                if (update.ContentUpdate.Any(part => part.Text == "Two "))
                {
                    pieces++;
                    await cancellation.CancelAsync();
                }
            }
        });

        Assert.Equal(1, pieces);
        await left.Task.WaitAsync(patience);
    }

    [Fact]
    public async Task Stream_Refused_TellsBeforeTheFirstPiece()
    {
        await using WebApplication server = await ServeAsync(async context =>
        {
            context.Response.StatusCode = 404;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}""");
        });

        ClientResultException refusal = await Assert.ThrowsAsync<ClientResultException>(async () =>
        {
            await foreach (StreamingChatCompletionUpdate update in Chat(server).CompleteChatStreamingAsync("How many trains?"))
            {
                Assert.Fail($"There is no answer {update.CompletionId}.");
            }
        });

        Assert.Equal(404, refusal.Status);
    }

    private static ChatClient Chat(WebApplication server) =>
        new AzureOpenAIClient(new Uri(server.Urls.Single()), new ApiKeyCredential(ModelService.Key)).GetChatClient("chat-small");

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication server = builder.Build();
        server.MapPost("/openai/{**path}", answer);
        await server.StartAsync();
        return server;
    }

    private static async Task SendAsync(HttpContext context, string data)
    {
        await context.Response.WriteAsync($"data: {data}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
