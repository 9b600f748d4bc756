namespace Trainyard.Learning;

/// <summary>An expected failure: data, settings or a model file that cannot be used. Bugs throw other exceptions.</summary>
/// <param name="code">Stable snake-case code, for example <c>target_missing</c>.</param>
/// <param name="message">What is wrong and what would be right, for a person.</param>
/// <param name="field">The column, setting or file section at fault, or null.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class LearningException(string code, string message, string? field = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Stable snake-case code.</summary>
    public string Code { get; } = code;

    /// <summary>The column, setting or file section at fault, or null.</summary>
    public string? Field { get; } = field;

    /// <summary>The 1-based line of the source text at fault, or null.</summary>
    public long? Line { get; init; }
}
