using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Trainyard.Domain.Json;
using Trainyard.Domain.Messages;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Pipelines.Messages;

/// <summary>Starts runs from messages. A message that is delivered again starts nothing new. Thread safe.</summary>
/// <param name="pipelines">Makes pipelines and starts runs.</param>
/// <param name="queue">Takes messages back whose pipeline has a run under way.</param>
public sealed class PipelineMessages(PipelineService pipelines, IMessageQueue queue)
{
    /// <summary>The queue of <see cref="PipelineTriggerMessage"/>.</summary>
    public const string Triggers = "pipeline-triggers";

    /// <summary>The queue of <see cref="TrainingRequestMessage"/>.</summary>
    public const string TrainingRequests = "training-requests";

    /// <summary>How long a message waits whose pipeline has a run under way.</summary>
    public static readonly TimeSpan WaitForTurn = TimeSpan.FromSeconds(30);

    /// <summary>Starts a run of the pipeline that a message names.</summary>
    /// <param name="text">The message.</param>
    /// <param name="deliveredId">The id that the queue gave it.</param>
    /// <param name="traceParent">The W3C <c>traceparent</c> that a message which waits keeps; null for none.</param>
    /// <param name="orchestrations">Runs it.</param>
    /// <param name="cancellationToken">Cancels the call, not the run.</param>
    /// <exception cref="ProblemException"><c>message_invalid</c>, <c>pipeline_not_found</c>, <c>write_contention</c>; those of JSON that cannot be read.</exception>
    public async Task<HandledMessage> TriggerAsync(string text, string deliveredId, string? traceParent, IRunOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        PipelineTriggerMessage message = Read(text, PipelineMessageJson.Default.PipelineTriggerMessage);
        MessageHead head = message.HeadOf(deliveredId);
        try
        {
            PipelineRun run = await pipelines.TriggerAsync(head.Tenant, message.PipelineId, RequestOf(head), orchestrations, cancellationToken);
            return new HandledMessage(head, "started run", run.Id);
        }
        catch (ProblemException busy) when (busy.Problem.Code == "run_active")
        {
            // A try of the queue's own would count against it, and runs take longer than the tries that there are.
            string waiting = JsonSerializer.Serialize(message with { MessageId = head.Id, TraceParent = traceParent }, PipelineMessageJson.Default.PipelineTriggerMessage);
            await queue.SendAsync(Triggers, waiting, WaitForTurn, cancellationToken);
            return new HandledMessage(head, "waits for the run that is under way");
        }
    }

    /// <summary>Makes the pipeline that a message describes, and starts its first run.</summary>
    /// <param name="text">The message.</param>
    /// <param name="deliveredId">The id that the queue gave it.</param>
    /// <param name="orchestrations">Runs it.</param>
    /// <param name="cancellationToken">Cancels the call, not the run.</param>
    /// <exception cref="ProblemException"><c>message_invalid</c>, <c>write_contention</c>; those of JSON that cannot be read, and of <see cref="PipelineService.CreateAsync"/>.</exception>
    /// <exception cref="Learning.LearningException">Nothing can be learnt from the data.</exception>
    public async Task<HandledMessage> TrainAsync(string text, string deliveredId, IRunOrchestrations orchestrations, CancellationToken cancellationToken)
    {
        TrainingRequestMessage message = Read(text, PipelineMessageJson.Default.TrainingRequestMessage);
        MessageHead head = message.HeadOf(deliveredId);
        Pipeline pipeline = await pipelines.CreateAsync(head.Tenant, head.Derived, message.Request, cancellationToken);
        PipelineRun run = await pipelines.TriggerAsync(head.Tenant, pipeline.Id, RequestOf(head), orchestrations, cancellationToken);
        return new HandledMessage(head, "started the run of the pipeline", pipeline.Id);
    }

    // Apart from the ids of requests over HTTP, which name runs too.
    private static string RequestOf(MessageHead head) => $"message-{head.Derived}";

    private static T Read<T>(string text, JsonTypeInfo<T> type) => StrictJson.Parse(Encoding.UTF8.GetBytes(text), type, JsonLimits.Default);
}
