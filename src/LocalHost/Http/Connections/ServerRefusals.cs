using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Trainyard.Functions.Http;

namespace Trainyard.LocalHost.Http.Connections;

/// <summary>
/// Gives the requests that Kestrel's parser refuses the problem details of any other refusal. No middleware sees such a
/// request, and Kestrel ends its connection after a head without a body; what Kestrel does is tell a diagnostic listener
/// before it writes that head.
/// </summary>
internal sealed class ServerRefusals : IObserver<KeyValuePair<string, object?>>
{
    private const string RefusedEvent = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>Listens for refusals. The connections must have come through <see cref="RefusingConnections"/>.</summary>
    public static void Listen(DiagnosticListener server) => server.Subscribe(new ServerRefusals(), static name => name == RefusedEvent);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        // An answer that has begun is cut off by the server, and nothing can be said any more.
        if (value.Value is IFeatureCollection features
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException refusal
            && features.Get<IHttpResponseFeature>() is { HasStarted: false } response
            && features.Get<RefusalWriter>() is { } writer)
        {
            writer.Refuse(Answer(features, refusal, response.Headers));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static byte[] Answer(IFeatureCollection features, BadHttpRequestException refusal, IHeaderDictionary serverHeaders)
    {
        IHttpRequestFeature? request = features.Get<IHttpRequestFeature>();
        (int status, string title) = BadRequestProblem.Describe(refusal);
        string? traceId = features.Get<IHttpRequestIdentifierFeature>()?.TraceIdentifier;
        byte[] body = ProblemResponse.Serialize(status, title, BadRequestProblem.Of(refusal), TargetPath(request), traceId);
        byte[] head = Encoding.ASCII.GetBytes(Head(status, body.Length, serverHeaders));

        // The method is known once the request line was read.
        return HttpMethods.IsHead(request?.Method ?? "") ? head : [.. head, .. body];
    }

    private static string Head(int status, int length, IHeaderDictionary serverHeaders)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        headers.ContentType = ProblemResponse.ContentType;
        headers.ContentLength = length;
        headers.Connection = "close";
        headers.Allow = serverHeaders.Allow;
        headers.Date = serverHeaders.Date;
        SecurityHeaders.Write(headers);
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\n");
        foreach ((string name, StringValues value) in headers.Where(static header => header.Value.Count > 0))
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return head.Append("\r\n").ToString();
    }

    // What was read of it before the parser gave up, undecoded: it may be what cannot be decoded.
    private static string TargetPath(IHttpRequestFeature? request)
    {
        string target = request?.RawTarget ?? "";
        int query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }
}
