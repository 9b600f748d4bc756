using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>
/// A run's id: the moment that the run stands for, so that its row can be found from the id alone, and a hash that tells
/// runs of that moment apart. Sixteen hexadecimal digits of ticks, a hyphen, sixteen of the hash.
/// </summary>
public readonly record struct RunId
{
    private const int TicksLength = 16;
    private const int HashLength = 16;
    private const int Length = TicksLength + 1 + HashLength;

    private readonly string? text;

    private RunId(DateTimeOffset moment, string hash)
    {
        Moment = moment;
        text = moment.UtcTicks.ToString("x16", CultureInfo.InvariantCulture) + "-" + hash;
    }

    /// <summary>When a caller asked for the run, or the slot of the schedule (UTC).</summary>
    public DateTimeOffset Moment { get; }

    /// <summary>The id of a run that a caller asked for.</summary>
    /// <param name="moment">When.</param>
    /// <param name="uniqueId">An id that no other run was made from.</param>
    public static RunId Manual(DateTimeOffset moment, string uniqueId) => new(moment.ToUniversalTime(), Hash(uniqueId));

    /// <summary>The id of the run of one slot: the same for every host that finds the slot due.</summary>
    public static RunId ForSlot(string pipelineId, DateTimeOffset slot) => new(slot.ToUniversalTime(), Hash(pipelineId));

    /// <summary>Reads an id; false when the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RunId id)
    {
        id = default;
        if (text is not { Length: Length } || text[TicksLength] != '-' || text.AsSpan().ContainsAnyExcept("0123456789abcdef-"))
        {
            return false;
        }

        string hash = text[(TicksLength + 1)..];
        bool valid = long.TryParse(text.AsSpan(0, TicksLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long ticks)
            && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks && !hash.Contains('-', StringComparison.Ordinal);
        if (valid)
        {
            id = new RunId(new DateTimeOffset(ticks, TimeSpan.Zero), hash);
        }

        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => text ?? "";

    private static string Hash(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))[..HashLength];
}
