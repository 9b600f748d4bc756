namespace Trainyard.Learning.Data;

/// <summary>Reads the numbers that data files are full of: a sign, up to 15 digits, a decimal point.</summary>
/// <remarks>
/// Both the digits (below 2⁵³) and the power of ten (up to 10²²) are exact doubles, so that one division rounds correctly.
/// Source: Clinger, How to read floating point numbers accurately, PLDI 1990. All else is left to the runtime.
/// </remarks>
internal static class FastNumber
{
    private const int MaxExactDigits = 15;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>True when it could be read here; false says nothing about the text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        int start = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        int length = text.Length - start;
        if (length is < 1 or > MaxExactDigits + 1)
        {
            return false;
        }

        long digits = 0;
        int point = -1;
        for (int index = start; index < text.Length; index++)
        {
            uint digit = (uint)(text[index] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
            }
            else if (text[index] == (byte)'.' && point < 0)
            {
                point = index;
            }
            else
            {
                return false;
            }
        }

        int digitCount = point < 0 ? length : length - 1;
        if (digitCount is < 1 or > MaxExactDigits)
        {
            return false;
        }

        double magnitude = point < 0 ? digits : digits / PowersOfTen[text.Length - point - 1];
        number = text[0] == (byte)'-' ? -magnitude : magnitude;
        return true;
    }
}
