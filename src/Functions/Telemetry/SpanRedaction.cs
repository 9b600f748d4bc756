using System.Diagnostics;
using OpenTelemetry;
using Trainyard.Domain.Redaction;

namespace Trainyard.Functions.Telemetry;

/// <summary>Takes out of spans what callers sent: paths and addresses go, all other texts are cleaned.</summary>
internal sealed class SpanRedaction : BaseProcessor<Activity>
{
    // What a web server tells of a request beside its route; the path may name anything.
    private static readonly string[] Sent = ["url.path", "url.query", "url.full", "http.target", "http.url", "user_agent.original", "client.address"];

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        foreach (string name in Sent)
        {
            data.SetTag(name, value: null);
        }

        foreach ((string name, object? value) in data.TagObjects.ToArray())
        {
            if (value is string text && !ReferenceEquals(Redactor.Clean(text), text))
            {
                data.SetTag(name, Redactor.Clean(text));
            }
        }

        data.DisplayName = Redactor.Clean(data.DisplayName);
        if (data.TraceStateString is { } state)
        {
            data.TraceStateString = Redactor.Clean(state);
        }
    }
}
