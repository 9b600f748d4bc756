namespace Trainyard.Domain.Ports;

/// <summary>Tells text that every encoding can carry from text with unpaired surrogates, which UTF-8 cannot.</summary>
internal static class WellFormedText
{
    /// <summary>Whether every surrogate in <paramref name="text"/> has its partner.</summary>
    internal static bool Is(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\ud800', '\udfff') is >= 0 and int index)
        {
            if (index + 1 >= text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
            {
                return false;
            }

            text = text[(index + 2)..];
        }

        return true;
    }
}
