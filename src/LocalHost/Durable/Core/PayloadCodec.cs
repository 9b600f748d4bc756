using Microsoft.DurableTask;

namespace Trainyard.LocalHost.Durable.Core;

/// <summary>Turns payloads into text and back, within the limits.</summary>
/// <param name="converter">Does the turning.</param>
/// <param name="limits">How large a text may be.</param>
internal sealed class PayloadCodec(DataConverter converter, OrchestrationLimits limits)
{
    /// <summary>The text of a payload; null stays null.</summary>
    /// <param name="value">The payload.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="DurableException"><c>payload_too_large</c>.</exception>
    public string? Serialize(object? value, string what) => Within(converter.Serialize(value), limits.PayloadCharacters, "payload_too_large", what);

    /// <summary>The text of a custom status; null stays null.</summary>
    /// <exception cref="DurableException"><c>custom_status_too_large</c>.</exception>
    public string? SerializeStatus(object? value) =>
        Within(converter.Serialize(value), limits.CustomStatusCharacters, "custom_status_too_large", "custom status");

    /// <summary>The payload of a text; null gives the default.</summary>
    public T? Deserialize<T>(string? data) => converter.Deserialize<T>(data);

    private static string? Within(string? text, int limit, string code, string what) => text is null || text.Length <= limit
        ? text
        : throw new DurableException(code, $"The {what} has {text.Length} characters of JSON; at most {limit} are allowed. Store it as a blob and pass its address.");
}
