namespace Trainyard.LocalHost.Hosting;

/// <summary>The host cannot start; the message says what to do about it.</summary>
/// <param name="code">Stable snake-case code.</param>
/// <param name="message">What is wrong and what would be right, for a person.</param>
/// <param name="inner">The cause, or null.</param>
internal sealed class LocalHostException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable snake-case code.</summary>
    public string Code { get; } = code;
}
