using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Trainyard.Learning.Data;

/// <summary>Reads the numbers that data files are full of: a sign, up to 19 digits, a decimal point, a small exponent.</summary>
/// <remarks>
/// When both the digits (up to 2⁵³) and the power of ten (up to 10²²) are exact doubles, one operation rounds correctly.
/// Source: Clinger, How to read floating point numbers accurately, PLDI 1990. More digits are left to
/// <see cref="WideProduct"/>, all else to the runtime.
/// </remarks>
internal static class FastNumber
{
    private const int MaxDigits = 19;
    private const ulong MaxExactDigits = 1UL << 53;
    private const int EightDigits = sizeof(ulong);

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>True when it could be read here; false says nothing about the text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        int start = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        ulong digits = 0;
        int index = TakeDigits(text, start, ref digits);
        int digitCount = index - start;
        int exponent = 0;
        if (index < text.Length && text[index] == (byte)'.')
        {
            int behindPoint = index + 1;
            index = TakeDigits(text, behindPoint, ref digits);
            exponent = behindPoint - index;
            digitCount -= exponent;
        }

        if (digitCount is < 1 or > MaxDigits || (index < text.Length && !TryExponent(text[index..], ref exponent)) || !TryScale(digits, exponent, out double magnitude))
        {
            return false;
        }

        number = text[0] == (byte)'-' ? -magnitude : magnitude;
        return true;
    }

    private static bool TryScale(ulong digits, int exponent, out double magnitude)
    {
        if (digits <= MaxExactDigits && (uint)(exponent + PowersOfTen.Length - 1) < (2 * PowersOfTen.Length) - 1)
        {
            magnitude = exponent < 0 ? digits / PowersOfTen[-exponent] : digits * PowersOfTen[exponent];
            return true;
        }

        return WideProduct.TryScale(digits, exponent, out magnitude);
    }

    /// <summary>Appends the digits from <paramref name="index"/> on; too many overflow, which the caller sees from their count.</summary>
    /// <returns>Index behind them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeDigits(ReadOnlySpan<byte> text, int index, ref ulong digits)
    {
        while (text.Length - index >= EightDigits && TryEight(BinaryPrimitives.ReadUInt64LittleEndian(text[index..]), out uint eight))
        {
            digits = (digits * 100_000_000) + eight;
            index += EightDigits;
        }

        for (; index < text.Length && (uint)(text[index] - '0') is <= 9 and uint digit; index++)
        {
            digits = (digits * 10) + digit;
        }

        return index;
    }

    /// <summary>
    /// Reads eight digits at once, the first in the lowest byte: first pairs, then fours, then all are put together.
    /// Source: Lemire, Number parsing at a gigabyte per second, Software: Practice and Experience 2021, section 4.
    /// </summary>
    private static bool TryEight(ulong text, out uint number)
    {
        const ulong Zeros = 0x3030303030303030;
        const ulong HighHalves = 0xF0F0F0F0F0F0F0F0;
        ulong digits = text - Zeros;
        number = 0;
        if (((text & HighHalves) | (((text + 0x0606060606060606) & HighHalves) >> 4)) != 0x3333333333333333)
        {
            return false;
        }

        digits = (digits * 10) + (digits >> 8);
        const ulong EveryFourth = 0x000000FF000000FF;
        number = (uint)((((digits & EveryFourth) * (100 + (1_000_000UL << 32))) + (((digits >> 16) & EveryFourth) * (1 + (10_000UL << 32)))) >> 32);
        return true;
    }

    /// <summary>Adds an exponent of at most three digits, behind which nothing may follow.</summary>
    private static bool TryExponent(ReadOnlySpan<byte> text, ref int exponent)
    {
        int start = text.Length > 1 && text[1] is (byte)'-' or (byte)'+' ? 2 : 1;
        if (text[0] is not ((byte)'e' or (byte)'E') || text.Length - start is < 1 or > 3)
        {
            return false;
        }

        ulong digits = 0;
        if (TakeDigits(text, start, ref digits) != text.Length)
        {
            return false;
        }

        exponent += text[1] == (byte)'-' ? -(int)digits : (int)digits;
        return true;
    }
}
