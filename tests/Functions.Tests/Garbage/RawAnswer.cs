using System.Globalization;
using System.Text;

namespace Trainyard.Functions.Tests.Garbage;

/// <summary>An answer as it came over the wire, read by nothing that would forgive it anything.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private const string EndOfHead = "\r\n\r\n";

    /// <summary>Every answer of a connection that has ended.</summary>
    public static IReadOnlyList<RawAnswer> Parse(byte[] received)
    {
        List<RawAnswer> answers = [];
        string rest = Encoding.Latin1.GetString(received);
        while (rest.Length > 0)
        {
            int end = rest.IndexOf(EndOfHead, StringComparison.Ordinal);
            Assert.True(end > 0, $"not the head of an answer: {rest}");
            string[] lines = rest[..end].Split("\r\n");
            Dictionary<string, string> headers = lines[1..].Select(static line => line.Split(": ", 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.OrdinalIgnoreCase);
            string[] status = lines[0].Split(' ', 3);
            Assert.Equal("HTTP/1.1", status[0]);
            int length = int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture);
            answers.Add(new RawAnswer(int.Parse(status[1], CultureInfo.InvariantCulture), headers, rest.Substring(end + EndOfHead.Length, length)));
            rest = rest[(end + EndOfHead.Length + length)..];
        }

        return answers;
    }
}
