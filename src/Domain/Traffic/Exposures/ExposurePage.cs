using System.Buffers.Binary;

namespace Trainyard.Domain.Traffic.Exposures;

/// <summary>Some units that one host saw first, and when.</summary>
/// <param name="Units">Of each 8 bytes that name it and 4 of seconds since 1970, most significant first.</param>
internal sealed record ExposurePage(byte[] Units)
{
    /// <summary>Units of a page at most: 48 KB.</summary>
    public const int MaxUnits = 4_000;

    private const int UnitBytes = sizeof(ulong) + sizeof(uint);

    public static ExposurePage Of(IReadOnlyList<(ulong Unit, uint At)> units)
    {
        byte[] bytes = new byte[units.Count * UnitBytes];
        for (int index = 0; index < units.Count; index++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(index * UnitBytes), units[index].Unit);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan((index * UnitBytes) + sizeof(ulong)), units[index].At);
        }

        return new ExposurePage(bytes);
    }

    /// <summary>Adds them to others: of a unit that several hosts saw, the first time counts.</summary>
    public void AddTo(Dictionary<ulong, uint> all)
    {
        for (int start = 0; start + UnitBytes <= Units.Length; start += UnitBytes)
        {
            ulong unit = BinaryPrimitives.ReadUInt64BigEndian(Units.AsSpan(start));
            uint at = BinaryPrimitives.ReadUInt32BigEndian(Units.AsSpan(start + sizeof(ulong)));
            all[unit] = all.TryGetValue(unit, out uint known) ? Math.Min(known, at) : at;
        }
    }
}
