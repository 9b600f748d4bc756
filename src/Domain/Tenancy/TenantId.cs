using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Trainyard.Domain.Tenancy;

/// <summary>Whose data it is. Leads every partition key and blob path, so that no tenant reads another's.</summary>
/// <remarks>1 to <see cref="MaxLength"/> lower-case letters, digits and hyphens, beginning with a letter or digit.</remarks>
public sealed record TenantId
{
    /// <summary>Characters at most: leaves room for names in a key of Table storage.</summary>
    public const int MaxLength = 64;

    /// <summary>The rule as a regular expression that every dialect reads alike.</summary>
    public const string Pattern = "^[a-z0-9][a-z0-9-]{0,63}$";

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private TenantId(string value) => Value = value;

    /// <summary>The tenant of an installation that has only one.</summary>
    public static TenantId Default { get; } = new("default");

    /// <summary>The identifier as stored.</summary>
    public string Value { get; }

    /// <summary>Reads an identifier; false when it is not one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TenantId? tenant)
    {
        tenant = IsValid(text) ? new TenantId(text) : null;
        return tenant is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && text[0] != '-'
        && !text.AsSpan().ContainsAnyExcept(Characters);
}
