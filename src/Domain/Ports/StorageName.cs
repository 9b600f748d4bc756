namespace Trainyard.Domain.Ports;

/// <summary>The rule that Azure sets for the names of containers and queues.</summary>
internal static class StorageName
{
    internal const string Rule = "3 to 63 lower-case letters, digits and single hyphens, no hyphen first or last";
    private const int MinLength = 3;
    private const int MaxLength = 63;

    internal static bool IsValid(string name) =>
        name.Length is >= MinLength and <= MaxLength
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
        && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
}
