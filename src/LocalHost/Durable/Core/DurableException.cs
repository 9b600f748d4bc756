namespace Trainyard.LocalHost.Durable.Core;

/// <summary>An expected failure of the durable engine or of the code it runs; the code is stable.</summary>
/// <param name="code">Snake-case code, for example <c>payload_too_large</c>.</param>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="inner">The cause, or null.</param>
internal sealed class DurableException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable snake-case code.</summary>
    public string Code { get; } = code;
}
