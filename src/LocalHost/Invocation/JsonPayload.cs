using System.Text.Json;

namespace Trainyard.LocalHost.Invocation;

/// <summary>Reads a trigger's payload as JSON, as the isolated worker does: property names without regard to case.</summary>
internal static class JsonPayload
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The payload as <typeparamref name="T"/>.</summary>
    /// <exception cref="PayloadException">The payload is no JSON, or not of that shape.</exception>
    public static T Read<T>(LocalFunctionContext context)
    {
        try
        {
            return JsonSerializer.Deserialize<T>((string?)context.Payload ?? "null", Options)
                ?? throw new PayloadException($"Function '{context.Function.Name}' got null where {typeof(T).Name} was expected.", null);
        }
        catch (JsonException exception)
        {
            throw new PayloadException(
                $"Function '{context.Function.Name}' got a payload that is no {typeof(T).Name}: {exception.Path} at line {exception.LineNumber + 1}.", exception);
        }
    }
}
