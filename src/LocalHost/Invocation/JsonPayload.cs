using System.Text.Json;

namespace Trainyard.LocalHost.Invocation;

/// <summary>Reads and writes messages as JSON, as the isolated worker does: names without regard to case, fields included.</summary>
internal static class JsonPayload
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true, IncludeFields = true };

    /// <summary>A message with everything that its own type has.</summary>
    public static string Write(object message) => JsonSerializer.Serialize(message, message.GetType(), Options);

    /// <summary>The payload as <typeparamref name="T"/>; an activity without input gets null where its type has one.</summary>
    /// <exception cref="PayloadException">The payload is no JSON, or not of that shape.</exception>
    public static T? Read<T>(LocalFunctionContext context)
    {
        T? value;
        try
        {
            value = JsonSerializer.Deserialize<T?>((string?)context.Payload ?? "null", Options);
        }
        catch (JsonException exception)
        {
            throw new PayloadException(
                $"Function '{context.Function.Name}' got a payload that is no {typeof(T).Name}: at {exception.Path}, line {exception.LineNumber + 1}.", exception);
        }

        return value is not null || context.Function.Kind == TriggerKind.Activity
            ? value
            : throw new PayloadException($"Function '{context.Function.Name}' got null where a {typeof(T).Name} was expected.", null);
    }
}
