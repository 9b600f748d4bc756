using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Problems;

namespace Trainyard.LocalHost.Tests.Http;

/// <summary>Functions of every shape that HTTP takes.</summary>
public static class HttpFunctions
{
    [Function("echo")]
    public static async Task<IResult> Echo([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "echo")] HttpRequest request, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(request.Body, Encoding.UTF8);
        return Results.Text(await reader.ReadToEndAsync(cancellationToken));
    }

    [Function("impatient")]
    public static async Task<IResult> Impatient([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "impatient")] HttpRequest request, CancellationToken cancellationToken)
    {
        // The shortest grace that the server allows; by default it is five seconds.
        request.HttpContext.Features.GetRequiredFeature<IHttpMinRequestBodyDataRateFeature>().MinDataRate = new MinDataRate(1_000_000, TimeSpan.FromSeconds(1.001));
        return await Echo(request, cancellationToken);
    }

    [Function("plain")]
    public static IResult Plain([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "plain")] HttpRequest request) =>
        Results.Text("plain");

    [Function("value-task")]
    public static async ValueTask<IResult> Slow([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "value-task")] HttpRequest request)
    {
        await Task.Yield();
        return Results.Text("later");
    }

    [Function("action")]
    public static IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "action")] HttpRequest request) =>
        new ContentResult { Content = "action", StatusCode = StatusCodes.Status202Accepted };

    [Function("types")]
    public static IResult Types(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "types/{text}/{whole}/{large}/{truth}/{real}/{exact}/{id}/{at}")] HttpRequest request,
        string text, int whole, long large, bool truth, double real, decimal exact, Guid id, DateTimeOffset at) =>
        Results.Text(string.Create(CultureInfo.InvariantCulture, $"{text}|{whole}|{large}|{truth}|{real}|{exact}|{id}|{at:O}"));

    [Function("optional")]
    public static IResult Optional([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "optional/{name?}")] HttpRequest request, string? name) =>
        Results.Text(name ?? "none");

    [Function("optional-number")]
    public static IResult OptionalNumber([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "optional-number/{number?}")] HttpRequest request, int? number) =>
        Results.Text(number?.ToString(CultureInfo.InvariantCulture) ?? "none");

    [Function("constrained")]
    public static IResult Constrained([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "constrained/{id:int:min(10)}")] HttpRequest request, int id) =>
        Results.Text($"number {id}");

    [Function("rest")]
    public static IResult Rest([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "rest/{*path}")] HttpRequest request, string path) =>
        Results.Text(path);

    [Function("get-item")]
    public static IResult GetItem([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id}")] HttpRequest request, string id) =>
        Results.Text($"get {id}");

    [Function("put-item")]
    public static IResult PutItem([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "items/{key}")] HttpRequest request, string key) =>
        Results.Text($"put {key}");

    [Function("named-by-function")]
    public static IResult Unrouted([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text(request.Method);

    [Function("context")]
    public static IResult Context([HttpTrigger(AuthorizationLevel.Function, "get", Route = "context/{part}")] HttpRequest request, FunctionContext context) =>
        Results.Text(string.Join('|',
            context.FunctionDefinition.Name,
            context.FunctionDefinition.InputBindings["request"].Type,
            ReferenceEquals(context.GetHttpContext(), request.HttpContext),
            context.BindingContext.BindingData["PART"],
            context.FunctionDefinition.Parameters.Length,
            Guid.TryParse(context.InvocationId, out _)));

    [Function("writes-itself")]
    public static Task WritesItself([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "writes-itself")] HttpRequest request) =>
        request.HttpContext.Response.WriteAsync("written");

    [Function("problem")]
    public static IResult Problem([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problem")] HttpRequest request) =>
        throw new ProblemException(new Problem(ProblemKind.Conflict, "taken", "It is taken.", "name"));

    [Function("failure")]
    public static IResult Failure([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "failure")] HttpRequest request) =>
        throw new InvalidOperationException("a secret of the server");

    [Function("stream")]
    public static IResult Stream([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "stream")] HttpRequest request) =>
        Results.ServerSentEvents(EventSource.ReadAsync(request.HttpContext.RequestAborted));
}
