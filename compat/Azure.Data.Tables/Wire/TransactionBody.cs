using System.Globalization;
using System.Text;

namespace Azure.Data.Tables.Wire;

/// <summary>Writes and reads the multipart bodies of entity group transactions.</summary>
internal static class TransactionBody
{
    private const string NewLine = "\r\n";

    internal static byte[] Write(string batch, string changeset, IEnumerable<(string Method, Uri Address, string? IfMatch, byte[]? Entity)> requests)
    {
        using MemoryStream body = new();
        Append(body, $"--{batch}{NewLine}Content-Type: multipart/mixed; boundary={changeset}{NewLine}{NewLine}");
        int number = 0;
        foreach ((string method, Uri address, string? ifMatch, byte[]? entity) in requests)
        {
            Append(body, $"--{changeset}{NewLine}Content-Type: application/http{NewLine}Content-Transfer-Encoding: binary{NewLine}{NewLine}");
            Append(body, string.Create(CultureInfo.InvariantCulture, $"{method} {address.AbsoluteUri} HTTP/1.1{NewLine}Content-ID: {++number}{NewLine}"));
            Append(body, $"Accept: application/json;odata=minimalmetadata{NewLine}DataServiceVersion: 3.0{NewLine}");
            Append(body, ifMatch is null ? string.Empty : $"If-Match: {ifMatch}{NewLine}");
            Append(body, method == "POST" ? $"Prefer: return-no-content{NewLine}" : string.Empty);
            Append(body, entity is null ? NewLine : $"Content-Type: application/json;odata=nometadata{NewLine}{NewLine}");
            body.Write(entity ?? []);
            Append(body, NewLine);
        }

        Append(body, $"--{changeset}--{NewLine}--{batch}--{NewLine}");
        return body.ToArray();
    }

    /// <summary>The answers in order; a single one when the transaction was refused.</summary>
    internal static List<PartResponse> Read(string body)
    {
        const string Start = "HTTP/1.1 ";
        List<PartResponse> parts = [];
        for (int at = body.IndexOf(Start, StringComparison.Ordinal); at >= 0;)
        {
            int next = body.IndexOf(NewLine + Start, at, StringComparison.Ordinal);
            parts.Add(ReadPart(next < 0 ? body[at..] : body[at..next]));
            at = next < 0 ? -1 : next + NewLine.Length;
        }

        return parts;
    }

    private static PartResponse ReadPart(string text)
    {
        int end = text.IndexOf(NewLine + "--", StringComparison.Ordinal);
        string[] headAndBody = (end < 0 ? text : text[..end]).Split(NewLine + NewLine, 2);
        string[] lines = headAndBody[0].Split(NewLine);
        string[] status = lines[0].Split(' ', 3);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        byte[] content = Encoding.UTF8.GetBytes(headAndBody.Length > 1 ? headAndBody[1].Trim() : string.Empty);
        return new PartResponse(int.Parse(status[1], CultureInfo.InvariantCulture), status.Length > 2 ? status[2] : string.Empty, headers, content);
    }

    private static void Append(MemoryStream body, string text) => body.Write(Encoding.UTF8.GetBytes(text));
}
