namespace Trainyard.LocalHost.Discovery;

/// <summary>Functions are declared in a way that the host cannot run; the message names each function and parameter.</summary>
/// <param name="faults">One sentence for each fault, at least one.</param>
internal sealed class FunctionDeclarationException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>One sentence for each fault.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
