using System.Text.RegularExpressions;

namespace Trainyard.Domain.Redaction;

/// <summary>Takes secrets and personal data out of text that is written down: log lines, problem details, audit entries, labels, spans.</summary>
/// <remarks>
/// The last line of defence, not the first: nothing that callers send is logged to begin with. It finds what has a form of its
/// own (keys, tokens, connection strings, signed addresses, mail addresses, card and account numbers with their check digits,
/// phone and social-security numbers) and what stands behind a name such as <c>password=</c>. A secret that looks like any other word is
/// not found. Linear in the length of the text. Thread safe.
/// </remarks>
public static partial class Redactor
{
    /// <summary>What stands in place of what was taken out.</summary>
    public const string Mark = "[redacted]";

    // Far above what the patterns, each bounded in what it looks ahead, take of the longest text; a machine that stands still reaches it.
    private const int PatienceMilliseconds = 1000;

    /// <summary>The text without secrets; the same instance when it has none.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            string clean = Named().Replace(text, "${kept}" + Mark + "${after}");
            clean = Shaped().Replace(clean, Mark);
            clean = Numbered().Replace(clean, static found => CheckDigits.AreRight(found.Value.Replace("%20", " ", StringComparison.Ordinal)) ? Mark : found.Value);
            return clean == text ? text : clean;
        }
        catch (RegexMatchTimeoutException)
        {
            return Mark;
        }
    }

    /// <summary>Whether a field of this name holds a secret, whatever it looks like.</summary>
    public static bool IsSecret(string name) => SecretName().IsMatch(name);

    // What stands before a secret is kept: it says what was there. Paths and queries have much of it percent-encoded.
    [GeneratedRegex(
        """
        (?<kept>https?://[^\s?#"'<>]{1,2048}\?)[^\s"'<>]+
        |(?<kept>[a-z][a-z0-9+.-]{1,20}(?:://|%3a%2f%2f))[^\s/:@"'<>%]{1,256}(?::|%3a)[^\s/@"'<>]{1,256}?(?<after>@|%40)
        |(?<kept>(?:account_?key|shared_?access_?key|shared_?access_?signature|instrumentation_?key|pass_?word|passwd|pwd|client_?secret|secret|api[_-]?key|access[_-]?token|refresh[_-]?token|id[_-]?token)
          ["']?\s{0,2}(?:=|:|%3[ad])\s{0,2}["']?)[^\s;,&"'}\])]+
        |(?<kept>(?:(?<![a-z0-9])|(?<=%[0-9a-f]{2}))(?:sig|signature|token)(?:=|%3d))[^\s;,&"'}\])]+
        |(?<kept>(?:\b|(?<=%[0-9a-f]{2}))(?:bearer|basic|sharedkey|negotiate)(?:\s|%20|\+){1,2})(?=[a-z._~+/:%-]{0,512}[0-9=])[a-z0-9._~+/=:%-]{6,}
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        PatienceMilliseconds)]
    private static partial Regex Named();

    // In turn: keys of ours, of OpenAI and its like, GitHub, AWS, Slack, Google; signed tokens; private keys; 64 bytes in base64, as
    // storage accounts have; mail addresses; social-security and phone numbers.
    [GeneratedRegex(
        """
        (?:\b|(?<=%[0-9A-Fa-f]{2}))(?:
          ty_[a-z0-9-]{1,64}_[A-Za-z0-9.-]{1,128}_[A-Za-z0-9_-]{20,}
          |sk-[A-Za-z0-9_-]{16,}
          |gh[pousr]_[A-Za-z0-9]{20,}
          |AKIA[0-9A-Z]{16}\b
          |xox[abprs]-[A-Za-z0-9-]{10,}
          |AIza[0-9A-Za-z_-]{35}
          |eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{2,}(?:\.[A-Za-z0-9_-]*)?
        )
        |-----BEGIN\ [A-Z ]{0,32}PRIVATE\ KEY-----[A-Za-z0-9+/=\s\\]*(?:-----END\ [A-Z ]{0,32}PRIVATE\ KEY-----)?
        |(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==
        |(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}(?:@|%40)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}
        |(?:(?<![0-9A-Za-z-])|(?<=%[0-9A-Fa-f]{2}))[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9A-Za-z-])
        |(?<![0-9A-Za-z])(?:\+|%2B)[1-9][0-9]{0,2}(?:(?:[ .-]|%20)?\(?[0-9]{2,4}\)?){2,5}(?![0-9A-Za-z])
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        PatienceMilliseconds)]
    private static partial Regex Shaped();

    // Card numbers and IBANs, which their check digits tell from others.
    [GeneratedRegex(
        """
        (?:(?<![0-9A-Za-z])|(?<=%[0-9A-Fa-f]{2}))(?:
          [3-6][0-9]{3}(?:(?:[ -]|%20)?[0-9]){9,15}
          |[A-Z]{2}[0-9]{2}(?:(?:\ |%20)?[A-Z0-9]{4}){2,7}(?:(?:\ |%20)?[A-Z0-9]{1,3})?
        )(?![0-9A-Za-z])
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        PatienceMilliseconds)]
    private static partial Regex Numbered();

    [GeneratedRegex(
        "pass_?word|passwd|pwd|secret|api[_-]?key|account_?key|access[_-]?token|refresh[_-]?token|id[_-]?token|connection_?string|authorization|cookie|signature",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        PatienceMilliseconds)]
    private static partial Regex SecretName();
}
