using System.Globalization;
using System.Net.Http.Headers;
using System.Numerics;
using System.Text;
using Trainyard.Functions.Tests.Garbage;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>Requests that hold secrets wherever a request can hold anything, by seed.</summary>
internal sealed class CanaryRequests(int seed)
{
    /// <summary>In every secret that has a form by which it can be known: it may be nowhere.</summary>
    public const string Known = "zqxk";

    /// <summary>In every word in a credential's place: it may be nowhere either.</summary>
    public const string Credential = "wjvq";

    /// <summary>In every word that could mean anything: refusals may quote it, nothing else.</summary>
    public const string Word = "kvwz";

    private const string Letters = "abcdefghijlmnoprstuvyABCDEFGHIJKLMNOPRSTUVXYZ0123456789";

    private static readonly string[] Headers = ["User-Agent", "Referer", "Cookie", "X-Forwarded-For", "Accept", "If-Match", "If-None-Match", "Content-Language", "baggage", "traceparent", "X-Request-Id", "Origin"];
    private static readonly string[] Fields = ["name", "model_name", "dataset_uri", "target_column", "target_metric", "schedule", "instances", "description", "tags", "version", "stage", "scopes", "tenant", "alias", "filter", "owner"];
    private static readonly string[] Parameters = ["name", "limit", "continuation", "version", "status", "stage", "filter", "token", "api_key", "format", "from"];

    private readonly Random random = new(seed);

    /// <summary>Numbers of people, which can hold no mark: a few that come again and again.</summary>
    public IReadOnlyList<string> Numbers { get; } = [.. NumbersOf(new Random(seed))];

    public HttpRequestMessage Next()
    {
        (string method, string route) = HttpEndpoints.All[random.Next(HttpEndpoints.All.Count)];
        string path = HttpEndpoints.Fill(route, () => random.Next(3) == 0 ? "x" : Uri.EscapeDataString(Text()));
        string query = random.Next(2) == 0 ? "" : "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Pick(Parameters)}={Uri.EscapeDataString(Text())}"));
        HttpRequestMessage request = new(new HttpMethod(method), new Uri("/" + path + query, UriKind.Relative));
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = Body();
        }

        for (int count = random.Next(4); count > 0; count--)
        {
            request.Headers.TryAddWithoutValidation(Pick(Headers), random.Next(2) == 0 ? Secret() : Credential + Noise(12));
        }

        AddCredential(request);
        return request;
    }

    private void AddCredential(HttpRequestMessage request)
    {
        string word = Credential + Noise(20);
        switch (random.Next(8))
        {
            case 0:
                request.Headers.TryAddWithoutValidation("x-api-key", random.Next(2) == 0 ? word : Secret());
                break;
            case 1:
                request.Headers.TryAddWithoutValidation("Authorization", Pick(["Bearer ", "Basic ", "Negotiate ", ""]) + word);
                break;
            case 2:
                request.Headers.TryAddWithoutValidation("x-functions-key", word);
                break;
            case 3:
                request.Headers.TryAddWithoutValidation("Idempotency-Key", Secret());
                break;
            default:
                break;
        }
    }

    private ByteArrayContent Body()
    {
        byte[] whole = Encoding.UTF8.GetBytes(random.Next(5) == 0 ? Csv() : Json());
        byte[] bytes = random.Next(6) switch
        {
            0 => whole[..random.Next(1, whole.Length)],
            1 => [.. whole, (byte)random.Next(256), .. whole],
            _ => whole,
        };
        ByteArrayContent content = new(bytes);
        string type = Pick(["application/json", "application/json", "application/json", "text/csv", "application/x-ndjson", "multipart/form-data; boundary=x"]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (random.Next(12) == 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        }

        return content;
    }

    private string Json() => "{" + string.Join(',', Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
        $"{Quote(random.Next(6) == 0 ? Text() : Pick(Fields))}:{Value()}")) + "}";

    private string Value() => random.Next(5) switch
    {
        0 => $"[{Quote(Text())}]",
        1 => $"{{{Quote(Text())}:{Quote(Text())}}}",
        2 => $"[{{{Quote(Text())}:{Quote(Text())}}}]",
        _ => Quote(Text()),
    };

    private string Csv() => $"a,{Text().Replace(',', ';')}\n1,{Text().Replace(',', ';')}\n{Text().Replace(',', ';')},2\n";

    private string Text() => random.Next(4) == 0 ? Word + Noise(10) : Secret();

    private string Secret() => random.Next(15) switch
    {
        0 => $"ty_acme_k1_{Known}{Noise(39)}",
        1 => $"sk-{Known}{Noise(40)}",
        2 => $"eyJhbGciOiJIUzI1NiJ9.{Known}{Noise(30)}.{Noise(20)}",
        3 => $"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={Known}{Noise(82)}==;EndpointSuffix=core.windows.net",
        4 => $"Server=db;User Id=sa;Password={Known}{Noise(8)};",
        5 => $"https://acct.blob.core.windows.net/c/b.csv?sv=2024-01-01&sig={Known}{Noise(30)}%3D",
        6 => $"postgres://user:{Known}{Noise(8)}@db.internal:5432/x",
        7 => $"Bearer {Known}{Noise(24)}1",
        8 => $"{Known}{Noise(6)}.doe@example.com",
        9 => $"ghp_{Known}{Noise(32)}",
        10 => $"api_key={Known}{Noise(20)}",
        _ => Pick([.. Numbers]),
    };

    private string Noise(int length) => string.Create(length, random, static (characters, random) =>
    {
        for (int index = 0; index < characters.Length; index++)
        {
            characters[index] = Letters[random.Next(Letters.Length)];
        }
    });

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static IEnumerable<string> NumbersOf(Random random)
    {
        for (int count = 0; count < 4; count++)
        {
            string card = "4" + Digits(random, 14);
            yield return card + Enumerable.Range(0, 10).Single(digit => Luhn(card + digit) % 10 == 0).ToString(CultureInfo.InvariantCulture);
            string account = Digits(random, 18);
            int check = 98 - (int)(BigInteger.Parse(account + "131400", CultureInfo.InvariantCulture) % 97);
            yield return $"DE{check:00}{account}";
            yield return $"{Digits(random, 3)}-{Digits(random, 2)}-{Digits(random, 4)}";
            yield return $"+49 170 {Digits(random, 4)} {Digits(random, 4)}";
        }
    }

    private static int Luhn(string number) => number.Reverse().Select(static (digit, index) => (digit - '0') * (1 + (index % 2))).Sum(static digit => digit > 9 ? digit - 9 : digit);

    private static string Digits(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));
}
