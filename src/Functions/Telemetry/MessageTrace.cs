using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace Trainyard.Functions.Telemetry;

/// <summary>The trace of a message on a queue, which has no headers: what it says itself as <c>traceparent</c>, a field of its JSON.</summary>
internal static class MessageTrace
{
    private const string Field = "traceparent";

    /// <summary>The name under which hosts give a message's text.</summary>
    private const string Text = "QueueTrigger";

    /// <summary>The context that the message of an invocation brings; null when it brings none, and for whatever is no message.</summary>
    public static ActivityContext? Of(FunctionContext context) =>
        FunctionSpans.TriggerOf(context) == FunctionSpans.Message
        && context.BindingContext.BindingData.TryGetValue(Text, out object? text)
        && ActivityContext.TryParse(Find(text?.ToString() ?? ""), traceState: null, isRemote: true, out ActivityContext sent)
            ? sent
            : null;

    // A message may be anything; whoever uses it says what is wrong with it.
    private static string? Find(string text)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(text));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isFound = reader.ValueTextEquals(Field);
                reader.Read();
                if (isFound)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                reader.Skip();
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }
}
