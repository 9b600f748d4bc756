using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Trainyard.LocalHost.Tests.Discovery;

/// <summary>Functions that cannot be run, each in a class of its own.</summary>
public static class FaultyFunctions
{
    public static class NoTrigger
    {
        [Function("f")]
        public static IResult Run(HttpRequest request) => Results.Ok();
    }

    public static class TwoTriggers
    {
        [Function("f")]
        public static IResult Run([HttpTrigger] HttpRequest request, [TimerTrigger("0 * * * * *")] TimerInfo timer) => Results.Ok();
    }

    public static class ActivityOutput
    {
        [Function("f")]
        [QueueOutput("next")]
        public static string Run([ActivityTrigger] string input) => input;
    }

    public static class OrchestratorOutput
    {
        [Function("f")]
        [QueueOutput("next")]
        public static Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult("x");
    }

    public static class OtherOutput
    {
        [Function("f")]
        [Elsewhere]
        public static string Run([QueueTrigger("q")] string input) => input;
    }

    public static class WholeHttpOutput
    {
        [Function("f")]
        [QueueOutput("next")]
        public static IResult Run([HttpTrigger] HttpRequest request) => Results.Ok();
    }

    public static class NothingToSend
    {
        [Function("f")]
        [QueueOutput("next")]
        public static Task Run([QueueTrigger("q")] string input) => Task.CompletedTask;
    }

    public static class BytesOutput
    {
        [Function("f")]
        [QueueOutput("next")]
        public static byte[] Run([QueueTrigger("q")] string input) => [];
    }

    public static class ListOutput
    {
        [Function("f")]
        [QueueOutput("next")]
        public static List<string> Run([QueueTrigger("q")] string input) => [];
    }

    public static class NoAnswer
    {
        [Function("f")]
        public static MessageAlone Run([HttpTrigger] HttpRequest request) => new("x");
    }

    public static class BadQueueName
    {
        [Function("f")]
        [QueueOutput("No Name")]
        public static string Run([QueueTrigger("q")] string input) => input;
    }

    public static class MissingQueueSetting
    {
        [Function("f")]
        [QueueOutput("%Next%")]
        public static string Run([QueueTrigger("q")] string input) => input;
    }

    public sealed record MessageAlone([property: QueueOutput("next")] string Message);

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ElsewhereAttribute : OutputBindingAttribute;

    public static class NotPublic
    {
        [Function("f")]
        internal static IResult Run([HttpTrigger] HttpRequest request) => Results.Ok();
    }

    public static class PlainResult
    {
        [Function("f")]
        public static string Run([HttpTrigger] HttpRequest request) => "";
    }

    public static class WrongRequest
    {
        [Function("f")]
        public static IResult Run([HttpTrigger] string request) => Results.Ok();
    }

    public static class NotInRoute
    {
        [Function("f")]
        public static IResult Run([HttpTrigger(Route = "a/{id}")] HttpRequest request, string name) => Results.Ok();
    }

    public static class UnreadableRouteValue
    {
        [Function("f")]
        public static IResult Run([HttpTrigger(Route = "a/{id}")] HttpRequest request, Uri id) => Results.Ok();
    }

    public static class BrokenRoute
    {
        [Function("f")]
        public static IResult Run([HttpTrigger(Route = "a/{id")] HttpRequest request) => Results.Ok();
    }

    public static class ServiceParameter
    {
        [Function("f")]
        public static Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, TimeProvider clock) => Task.CompletedTask;
    }

    public static class QueueResult
    {
        [Function("f")]
        public static Task<string> Run([QueueTrigger("q")] string message) => Task.FromResult(message);
    }

    public static class WrongTimer
    {
        [Function("f")]
        public static Task Run([TimerTrigger("0 * * * * *")] string timer) => Task.CompletedTask;
    }

    public static class ClientInOrchestrator
    {
        [Function("f")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) => Task.CompletedTask;
    }

    public static class BadName
    {
        [Function("1 f")]
        public static IResult Run([HttpTrigger(Route = "a")] HttpRequest request) => Results.Ok();
    }

    public static class SameName
    {
        [Function("f")]
        public static IResult One([HttpTrigger(Route = "a")] HttpRequest request) => Results.Ok();

        [Function("F")]
        public static IResult Two([HttpTrigger(Route = "b")] HttpRequest request) => Results.Ok();
    }

    public static class SameRoute
    {
        [Function("one")]
        public static IResult One([HttpTrigger("get", Route = "a/{id}/b")] HttpRequest request) => Results.Ok();

        [Function("two")]
        public static IResult Two([HttpTrigger("post", "get", Route = "A/{name}/b/")] HttpRequest request) => Results.Ok();
    }

    public static class BadSchedule
    {
        [Function("f")]
        public static Task Run([TimerTrigger("0 0 0 30 2 *")] TimerInfo timer) => Task.CompletedTask;
    }

    public static class MissingSetting
    {
        [Function("f")]
        public static Task Run([TimerTrigger("%Schedule%")] TimerInfo timer) => Task.CompletedTask;
    }

    public sealed class MissingService(IFormatProvider unheardOf)
    {
        [Function("f")]
        public IResult Run([HttpTrigger] HttpRequest request) => Results.Ok(unheardOf);
    }
}
