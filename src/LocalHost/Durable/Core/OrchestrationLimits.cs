namespace Trainyard.LocalHost.Durable.Core;

/// <summary>How large what an orchestration hands over may be, in UTF-16 characters.</summary>
/// <param name="PayloadCharacters">An input, output or event.</param>
/// <param name="CustomStatusCharacters">A custom status.</param>
/// <param name="ErrorCharacters">The message and the stack trace of a failure; what is longer is cut.</param>
internal sealed record OrchestrationLimits(int PayloadCharacters, int CustomStatusCharacters, int ErrorCharacters)
{
    /// <summary>1 Mi characters: a history is read as a whole, so large data goes by reference.</summary>
    public const int DefaultPayloadCharacters = 1024 * 1024;

    /// <summary>16 KiB of UTF-16, the limit of Durable Task.</summary>
    public const int DefaultCustomStatusCharacters = 8 * 1024;

    /// <summary>8 Ki characters: enough for any stack that somebody reads.</summary>
    public const int DefaultErrorCharacters = 8 * 1024;

    /// <summary>Every default.</summary>
    public static OrchestrationLimits Default { get; } = new(DefaultPayloadCharacters, DefaultCustomStatusCharacters, DefaultErrorCharacters);
}
