namespace Trainyard.Domain.Redaction;

/// <summary>Tells numbers that somebody was given from numbers that just occur.</summary>
internal static class CheckDigits
{
    private const int IbanModulus = 97;

    /// <summary>Whether the digits of a card number (ISO/IEC 7812-1, annex B) or an IBAN (ISO 13616-1, section 5) add up. Spaces and hyphens do not count.</summary>
    public static bool AreRight(ReadOnlySpan<char> number) => char.IsAsciiLetter(number[0]) ? IsIban(number) : IsCard(number);

    // Every second digit from the right counts twice, its own digits added.
    private static bool IsCard(ReadOnlySpan<char> number)
    {
        int sum = 0;
        bool twice = false;
        for (int index = number.Length - 1; index >= 0; index--)
        {
            if (!char.IsAsciiDigit(number[index]))
            {
                continue;
            }

            int digit = number[index] - '0';
            sum += !twice ? digit : digit < 5 ? 2 * digit : (2 * digit) - 9;
            twice = !twice;
        }

        return sum % 10 == 0;
    }

    // The first four characters go to the end and letters count from 10; the whole leaves 1.
    private static bool IsIban(ReadOnlySpan<char> number) => Remainder(number[..4], Remainder(number[4..], 0)) == 1;

    private static int Remainder(ReadOnlySpan<char> part, int before)
    {
        foreach (char character in part)
        {
            before = character switch
            {
                >= '0' and <= '9' => ((before * 10) + character - '0') % IbanModulus,
                >= 'A' and <= 'Z' => ((before * 100) + character - 'A' + 10) % IbanModulus,
                _ => before,
            };
        }

        return before;
    }
}
