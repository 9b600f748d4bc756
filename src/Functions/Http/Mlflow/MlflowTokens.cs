namespace Trainyard.Functions.Http.Mlflow;

/// <summary>Takes a filter apart, from left to right.</summary>
internal sealed class MlflowTokens(string text)
{
    // Longer ones first, so that <= is not read as <.
    private static readonly string[] Comparisons = ["!=", "<=", ">=", "=", "<", ">"];
    private static readonly string[] Words = ["LIKE", "ILIKE", "IN"];

    private int at;

    public bool IsAtEnd
    {
        get
        {
            SkipSpace();
            return at == text.Length;
        }
    }

    /// <summary>A word of the language, in whatever case.</summary>
    public bool TryWord(string word)
    {
        bool isThere = !IsAtEnd
            && string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
            && (at + word.Length == text.Length || !IsNamePart(text[at + word.Length]));
        at += isThere ? word.Length : 0;
        return isThere;
    }

    /// <summary>A name with its prefix, whose key may be in backticks or double quotes: <c>tags.`my key`</c>.</summary>
    public string? Name()
    {
        SkipSpace();
        int start = at;
        while (at < text.Length && IsNamePart(text[at]))
        {
            at++;
        }

        string name = text[start..at];
        bool isQuoted = name.EndsWith('.') && at < text.Length && text[at] is '`' or '"';
        string? key = isQuoted ? Quoted(text[at]) : string.Empty;
        return key is null || (name + key).Length == 0 ? null : name + key;
    }

    /// <summary>A comparison, in capitals.</summary>
    public string? Comparison()
    {
        foreach (string word in Words)
        {
            if (TryWord(word))
            {
                return word;
            }
        }

        string? sign = IsAtEnd ? null : Array.Find(Comparisons, each => string.CompareOrdinal(text, at, each, 0, each.Length) == 0);
        at += sign?.Length ?? 0;
        return sign;
    }

    /// <summary>A text in quotes, or a whole number.</summary>
    public string? Value()
    {
        if (IsAtEnd)
        {
            return null;
        }

        if (text[at] is '\'' or '"')
        {
            return Quoted(text[at]);
        }

        int start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (at == start && text[at] == '-')))
        {
            at++;
        }

        return at == start ? null : text[start..at];
    }

    /// <summary>Values in parentheses; none when it is no such list.</summary>
    public IReadOnlyList<string> List()
    {
        List<string> values = [];
        if (!TrySign('('))
        {
            return values;
        }

        do
        {
            if (Value() is not { } value)
            {
                return [];
            }

            values.Add(value);
        }
        while (TrySign(','));

        return TrySign(')') ? values : [];
    }

    private static bool IsNamePart(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-';

    private void SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }

    private bool TrySign(char sign)
    {
        bool isThere = !IsAtEnd && text[at] == sign;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private string? Quoted(char quote)
    {
        int end = text.IndexOf(quote, at + 1);
        if (end < 0)
        {
            return null;
        }

        string content = text[(at + 1)..end];
        at = end + 1;
        return content;
    }
}
