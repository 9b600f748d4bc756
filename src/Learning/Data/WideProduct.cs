using System.Numerics;

namespace Trainyard.Learning.Data;

/// <summary>The double nearest to a 64-bit whole number times a power of ten, by a product of 128 bits.</summary>
/// <remarks>
/// Source: Lemire, Number parsing at a gigabyte per second, Software: Practice and Experience 51, 2021, algorithm 1, for
/// powers that 128 bits hold so well that the product always decides. The runtime's parser does the same behind a slower
/// reading of the text.
/// </remarks>
internal static class WideProduct
{
    private const int LeastExponent = -27;
    private const int GreatestExponent = 55;
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;

    /// <summary>Bits of the product beside the mantissa: the hidden one, one to round by, and one that may be empty.</summary>
    private const int ExtraBits = 3;

    /// <summary>Upper 128 bits of 5 to the power, from <see cref="LeastExponent"/> on; rounded up where it is a fraction.</summary>
    private static readonly UInt128[] PowersOfFive = [.. Enumerable.Range(LeastExponent, GreatestExponent - LeastExponent + 1).Select(PowerOfFive)];

    /// <summary>False when the power is out of the range that is decided here.</summary>
    public static bool TryScale(ulong digits, int exponent, out double product)
    {
        product = 0;
        if (digits == 0 || exponent is < LeastExponent or > GreatestExponent)
        {
            return digits == 0;
        }

        int shift = BitOperations.LeadingZeroCount(digits);
        (ulong high, ulong low) = Multiply(digits << shift, PowersOfFive[exponent - LeastExponent]);
        int upper = (int)(high >> 63);
        int dropped = upper + 64 - MantissaBits - ExtraBits;
        ulong mantissa = high >> dropped;
        if (low <= 1 && exponent is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << dropped == high)
        {
            // Half way between two doubles: to the even one.
            mantissa &= ~1UL;
        }

        mantissa = (mantissa + (mantissa & 1)) >> 1;
        int power = BinaryExponent(exponent) + upper - shift + ExponentBias;
        if (mantissa >> (MantissaBits + 1) != 0)
        {
            mantissa >>= 1;
            power++;
        }

        product = BitConverter.UInt64BitsToDouble((mantissa & ((1UL << MantissaBits) - 1)) | ((ulong)power << MantissaBits));
        return true;
    }

    /// <summary>The upper 128 bits of the product; those below the first 64 only where they could carry into the mantissa.</summary>
    private static (ulong High, ulong Low) Multiply(ulong digits, UInt128 power)
    {
        ulong high = Math.BigMul(digits, (ulong)(power >> 64), out ulong low);
        const ulong Rest = ulong.MaxValue >> (MantissaBits + ExtraBits);
        if ((high & Rest) != Rest)
        {
            return (high, low);
        }

        ulong carried = Math.BigMul(digits, (ulong)power, out _);
        low += carried;
        return (low < carried ? high + 1 : high, low);
    }

    /// <summary>63 + ⌊exponent · log₂ 10⌋, in fixed point.</summary>
    private static int BinaryExponent(int exponent) => (((152_170 + 65_536) * exponent) >> 16) + 63;

    private static UInt128 PowerOfFive(int exponent)
    {
        BigInteger power = BigInteger.Pow(5, Math.Abs(exponent));
        int length = (int)power.GetBitLength();
        return exponent >= 0
            ? (UInt128)(length <= 128 ? power << (128 - length) : power >> (length - 128))
            : (UInt128)((BigInteger.One << (length + 127)) / power) + 1;
    }
}
