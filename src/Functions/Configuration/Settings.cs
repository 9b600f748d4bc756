using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads settings at start; what is out of bounds stops the start and is named.</summary>
internal static class Settings
{
    /// <summary>A whole number, or <paramref name="absent"/>.</summary>
    /// <exception cref="InvalidOperationException">It is not a number, or out of bounds.</exception>
    public static long Integer(IConfiguration configuration, string name, long absent, long minimum, long maximum)
    {
        string? text = configuration[name];
        if (string.IsNullOrWhiteSpace(text))
        {
            return absent;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum
            ? value
            : throw Invalid(name, $"a whole number from {minimum} to {maximum}");
    }

    /// <summary>A duration such as <c>00:00:01</c>, or <paramref name="absent"/>.</summary>
    /// <exception cref="InvalidOperationException">It is not a duration, or out of bounds.</exception>
    public static TimeSpan Duration(IConfiguration configuration, string name, TimeSpan absent, TimeSpan minimum, TimeSpan maximum)
    {
        string? text = configuration[name];
        if (string.IsNullOrWhiteSpace(text))
        {
            return absent;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan value) && value >= minimum && value <= maximum
            ? value
            : throw Invalid(name, $"a duration from {minimum} to {maximum}, such as 00:00:01");
    }

    /// <summary>True or false, or <paramref name="absent"/>.</summary>
    /// <exception cref="InvalidOperationException">It is neither.</exception>
    public static bool Flag(IConfiguration configuration, string name, bool absent)
    {
        string? text = Text(configuration, name);
        return text is null ? absent : bool.TryParse(text, out bool value) ? value : throw Invalid(name, "true or false");
    }

    /// <summary>A text, or null when it is absent or blank.</summary>
    public static string? Text(IConfiguration configuration, string name) =>
        string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name];

    /// <summary>What stops the start.</summary>
    public static InvalidOperationException Invalid(string name, string expected) =>
        new($"Setting '{name}' must be {expected}.");
}
