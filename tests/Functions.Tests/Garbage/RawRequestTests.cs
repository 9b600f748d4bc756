using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace Trainyard.Functions.Tests.Garbage;

/// <summary>Bytes that no HTTP client would send. What the server refuses before any code of the app sees it is a problem document too.</summary>
public sealed class RawRequestTests(PlatformHost host, ITestOutputHelper output) : IClassFixture<PlatformHost>
{
    private const int Seed = 20251105;
    private const int Rounds = 400;
    private const string Predict = "POST /api/v1/models/x/predict HTTP/1.1\r\nHost: localhost\r\n";

    // Ends a connection whatever came before it: a blank line ends any head, and X is no request.
    private const string Goodbye = "\r\n\r\nX\r\n\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, int, string> Refused() => new()
    {
        { "GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n", 400, "request_malformed" },
        { "GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "request_malformed" },
        { "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "request_malformed" },
        { "GET /\r\n\r\n", 400, "request_malformed" },
        { "NONSENSE\r\n\r\n", 400, "request_malformed" },
        { "G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "request_malformed" },
        { "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + new string('\0', 80), 400, "request_malformed" },
        { "GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505, "http_version_unsupported" },
        { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http_version_unsupported" },
        { "GET /" + new string('a', 33_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "request_line_too_long" },
        { "GET / HTTP/1.1\r\nHost: x\r\nA: " + new string('a', 33_000) + "\r\n\r\n", 431, "request_headers_too_large" },
        { "GET / HTTP/1.1\r\nHost: x\r\n" + string.Concat(Enumerable.Repeat("A: a\r\n", 101)) + "\r\n", 431, "request_headers_too_large" },
        { "GET / HTTP/1.1\r\nHost: x\r\nA: k\u00e9y\r\n\r\n", 400, "request_malformed" },
        { "GET / HTTP/1.1\r\nHost: x\r\nA: a\0b\r\n\r\n", 400, "request_malformed" },
        { "GET / HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n", 400, "request_malformed" },
        { "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400, "request_malformed" },
        { "GET / HTTP/1.1\r\n\r\n", 400, "request_malformed" },
        { "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "request_malformed" },
        { "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "request_malformed" },
        { "GET http://y/health HTTP/1.1\r\nHost: x\r\n\r\n", 400, "request_malformed" },
        { "GET http://[/health HTTP/1.1\r\nHost: x\r\n\r\n", 400, "request_malformed" },
        { "GET * HTTP/1.1\r\nHost: x\r\n\r\n", 405, "method_not_allowed" },
        { "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400, "request_malformed" },
        { Predict + "Content-Length: abc\r\n\r\n", 400, "request_malformed" },
        { Predict + "Content-Length: -1\r\n\r\n", 400, "request_malformed" },
        { Predict + "Content-Length: 99999999999999999999999\r\n\r\n", 400, "request_malformed" },
        { Predict + "Content-Length: 999999999999\r\n\r\n", 413, "json_too_large" },
        { Predict + "Transfer-Encoding: other\r\n\r\n", 400, "request_malformed" },
        { Predict + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n", 400, "request_malformed" },
        { Predict + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nA b: c\r\n\r\n", 400, "request_malformed" },
        { "POST /api/v1/models/x/predict HTTP/1.0\r\n\r\n{}", 400, "request_malformed" },
        { "GET /nothing HTTP/1.0\r\n\r\n", 404, "route_not_found" },
        { "GET http://x/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404, "route_not_found" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Send_WhatTheServerCannotTake_IsAProblem(string request, int status, string code)
    {
        RawAnswer answer = (await SendAsync(request))[0];

        Assert.Equal(status, answer.Status);
        Assert.Equal(code, Problem(answer).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Send_BadRequestAfterAGoodOne_AnswersBothAndEndsTheConnection()
    {
        IReadOnlyList<RawAnswer> answers = await SendAsync("GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /a%00b HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Equal([200, 400], answers.Select(answer => answer.Status));
        Assert.Equal("close", answers[1].Headers["Connection"]);
        Assert.Contains("Date", answers[1].Headers.Keys);
        Assert.Equal("nosniff", answers[1].Headers["X-Content-Type-Options"]);
        Assert.Equal("/a%00b", Problem(answers[1]).GetProperty("instance").GetString());
    }

    [Fact]
    public async Task Send_MethodThatTheTargetForbids_NamesTheOther() =>
        Assert.Equal("OPTIONS", (await SendAsync("GET * HTTP/1.1\r\nHost: x\r\n\r\n"))[0].Headers["Allow"]);

    [Fact]
    public async Task Send_HeadThatIsRefused_HasNoBody()
    {
        string answer = Encoding.ASCII.GetString(await ExchangeAsync("HEAD / HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_DamagedRequests_AreAnsweredOrRefusedWithAProblem()
    {
        output.WriteLine($"seed {Seed}");
        const string Good = "GET /api/v1/models/x?limit=5 HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nIdempotency-Key: a\r\n";
        Random random = new(Seed);
        for (int round = 0; round < Rounds; round++)
        {
            char[] damaged = Good.ToCharArray();
            for (int count = random.Next(1, 4); count > 0; count--)
            {
                damaged[random.Next(damaged.Length)] = (char)random.Next(256);
            }

            string request = new(damaged);
            IReadOnlyList<RawAnswer> answers = await SendAsync(request + Goodbye);
            Assert.True(answers.Count > 0, $"seed {Seed}, round {round}: no answer to {request}");
            Assert.All(answers.Where(answer => answer.Status >= 400), answer => Assert.True(
                answer.Status is < 500 or 505 && Problem(answer).GetProperty("code").GetString() is { Length: > 0 }, $"seed {Seed}, round {round}: {answer} to {request}"));
        }
    }

    [Theory]
    [InlineData(Predict + "Content-Length: 1000\r\n\r\n{")]
    [InlineData(Predict + "Transfer-Encoding: chunked\r\n\r\n5\r\n{")]
    [InlineData("GET /hea")]
    public async Task Send_PartOfARequestAndGone_LeavesTheHostAnswering(string text)
    {
        using (TcpClient client = new())
        {
            await client.ConnectAsync(host.BaseAddress.Host, host.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
        }

        using HttpResponseMessage response = await host.Client.GetAsync(new Uri("health", UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode);
    }

    private static JsonElement Problem(RawAnswer answer)
    {
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        JsonElement problem = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal(answer.Status, problem.GetProperty("status").GetInt32());
        Assert.All(["title", "detail", "instance", "type"], member => Assert.False(string.IsNullOrEmpty(problem.GetProperty(member).GetString())));
        return problem;
    }

    private async Task<IReadOnlyList<RawAnswer>> SendAsync(string request) => RawAnswer.Parse(await ExchangeAsync(request));

    /// <summary>Sends Latin-1 and reads until the server ends the connection.</summary>
    private async Task<byte[]> ExchangeAsync(string request)
    {
        using CancellationTokenSource time = new(Patience);
        using TcpClient client = new();
        await client.ConnectAsync(host.BaseAddress.Host, host.BaseAddress.Port, time.Token);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), time.Token);
        using MemoryStream received = new();
        await client.GetStream().CopyToAsync(received, time.Token);
        return received.ToArray();
    }
}
