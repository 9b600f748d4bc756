using System.Net.Http.Headers;
using System.Text;

namespace Trainyard.Functions.Tests.Garbage;

/// <summary>Requests that no sane client sends, by seed.</summary>
internal sealed class GarbageRequests(int seed)
{
    private static readonly string[] Identifiers =
    [
        "x", "none", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "a%00b", "%F0%9F%93%88", "%ED%A0%80", "%FF", "-", "%20", "null", "0", "-1", "99999999999999999999", "a'b", "%3Cscript%3E", "con", new string('a', 10_000),
    ];

    private static readonly string[] Fields =
    [
        "instances", "instance", "version", "model_name", "dataset_uri", "target_metric", "threshold", "auto_deploy", "schedule", "target_column", "seed", "limit", "name", "ключ", "__proto__", "",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "1e-400", "99999999999999999999", "\"\"", "\"x\"", "\"accuracy\"", "\"daily\"", "\"* * * * *\"", "\"dataset://none\"", "\"gs://x/y.csv\"", "\"file:///etc/passwd\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"📈\"", "[]", "{}", "[[[[]]]]", "{\"a\":{\"b\":[1]}}", "NaN", "'x'",
    ];

    private static readonly string[] Queries =
    [
        "limit=-1", "limit=0", "limit=1e9", "limit=99999999999999999999", "limit=5&limit=6", "continuation=%00", "continuation=AAAA", "continuation=%F0%9F%93%88", "version=-5", "version=x", "name=%2e%2e%2f", "name=x", "name=", "%00=1", "&&==", "status=%FF",
    ];

    private static readonly string[] MediaTypes = ["application/json", "text/csv", "application/x-ndjson", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"];

    private readonly Random random = new(seed);

    public HttpRequestMessage Next(string method, string route)
    {
        string path = HttpEndpoints.Fill(route, () => Pick(Identifiers));
        string query = random.Next(2) == 0 ? string.Empty : "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(Queries)));
        HttpRequestMessage request = new(new HttpMethod(method), new Uri("/" + path + query, UriKind.Relative));
        if (method is "POST" or "PUT" or "PATCH" || random.Next(10) == 0)
        {
            request.Content = Body();
        }

        if (random.Next(4) == 0)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", random.Next(3) switch { 0 => new string('k', 300), 1 => "same", _ => "k\u00E9y" });
        }

        if (random.Next(4) == 0)
        {
            request.Headers.TryAddWithoutValidation(Pick(["Accept", "Range", "If-Match", "Last-Event-ID", "Content-Language"]), Pick(["*/*", "bytes=5-1", "\"", "x, y", "-1"]));
        }

        return request;
    }

    private ByteArrayContent Body()
    {
        byte[] bytes = random.Next(5) switch
        {
            0 => [],
            1 => Noise(),
            2 => Encoding.UTF8.GetBytes(Pick(Values)),
            3 => Mutate(Encoding.UTF8.GetBytes(Json())),
            _ => Encoding.UTF8.GetBytes(Json()),
        };
        ByteArrayContent content = new(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(Pick(MediaTypes));
        if (random.Next(8) == 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", Pick(["gzip", "br", "gzip, gzip", "identity"]));
        }

        return content;
    }

    private string Json() => "{" + string.Join(',', Enumerable.Range(0, random.Next(0, 8)).Select(_ => $"\"{Pick(Fields)}\":{Pick(Values)}")) + "}";

    private byte[] Noise()
    {
        byte[] bytes = new byte[random.Next(1, 300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Mutate(byte[] bytes)
    {
        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];
}
