using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Trainyard.LocalHost.Tests.Hosting;

namespace Trainyard.LocalHost.Tests.Http;

public sealed class HttpFunctionTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async Task InitializeAsync() => host = await TestHost.StartAsync(
        options => options with { MaxRequestBodyBytes = 1_000_000 }, typeof(HttpFunctions));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("/plain", "plain")]
    [InlineData("/plain/", "plain")]
    [InlineData("/PLAIN", "plain")]
    [InlineData("/value-task", "later")]
    [InlineData("/writes-itself", "written")]
    [InlineData("/optional", "none")]
    [InlineData("/optional/", "none")]
    [InlineData("/optional/x", "x")]
    [InlineData("/optional-number", "none")]
    [InlineData("/optional-number/-7", "-7")]
    [InlineData("/constrained/10", "number 10")]
    [InlineData("/rest/a/b/c", "a/b/c")]
    [InlineData("/items/%F0%9F%9A%82", "get 🚂")]
    [InlineData("/items/a%20b", "get a b")]
    [InlineData("/named-by-function", "GET")]
    [InlineData("/context/seven", "context|httpTrigger|True|seven|2|True")]
    public async Task Get_MatchingRoute_AnswersWithTheResult(string path, string expected)
    {
        using HttpResponseMessage response = await host.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_RouteValuesOfEveryType_AreConverted()
    {
        string text = await host.Client.GetStringAsync(
            "/types/a/-1/9000000000/true/1.5/2.25/0f8fad5b-d9cb-469f-a165-70867728950e/2026-01-02T03:04:05Z");

        Assert.Equal("a|-1|9000000000|True|1.5|2.25|0f8fad5b-d9cb-469f-a165-70867728950e|2026-01-02T03:04:05.0000000+00:00", text);
    }

    [Theory]
    [InlineData("/types/a/x/1/true/1/1/0f8fad5b-d9cb-469f-a165-70867728950e/2026-01-02", "whole")]
    [InlineData("/types/a/99999999999/1/true/1/1/0f8fad5b-d9cb-469f-a165-70867728950e/2026-01-02", "whole")]
    [InlineData("/types/a/1/1/maybe/1/1/0f8fad5b-d9cb-469f-a165-70867728950e/2026-01-02", "truth")]
    [InlineData("/types/a/1/1/true/1/1/not-a-guid/2026-01-02", "id")]
    [InlineData("/types/a/1/1/true/1/1/0f8fad5b-d9cb-469f-a165-70867728950e/yesterday", "at")]
    [InlineData("/optional-number/x", "number")]
    public async Task Get_RouteValueThatDoesNotFit_Is404NamingThePart(string path, string part)
    {
        (HttpStatusCode status, JsonElement problem) = await GetProblemAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("route_value_invalid", problem.GetProperty("code").GetString());
        Assert.Equal(part, problem.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing/here")]
    [InlineData("/plain/more")]
    [InlineData("/constrained/9")]
    [InlineData("/constrained/x")]
    public async Task Get_PathThatNothingServes_Is404Problem(string path)
    {
        (HttpStatusCode status, JsonElement problem) = await GetProblemAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("route_not_found", problem.GetProperty("code").GetString());
        Assert.Equal(404, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Delete_PathOfOtherVerbs_Is405NamingThem()
    {
        using HttpResponseMessage response = await host.Client.DeleteAsync("/items/1");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "PUT"], response.Content.Headers.Allow.Order());
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        Assert.Equal("method_not_allowed", problem.RootElement.GetProperty("code").GetString());
        Assert.Contains("PUT", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_RouteSharedWithAnotherVerb_ReachesItsOwnFunction()
    {
        using HttpResponseMessage response = await host.Client.PutAsync("/items/7", null);

        Assert.Equal("put 7", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_ActionResult_IsExecuted()
    {
        using HttpResponseMessage response = await host.Client.GetAsync("/action");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("action", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_ProblemThrown_IsAnsweredWithItsStatus()
    {
        (HttpStatusCode status, JsonElement problem) = await GetProblemAsync(HttpMethod.Get, "/problem");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("taken", problem.GetProperty("code").GetString());
        Assert.Equal("name", problem.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Get_UnexpectedFailure_Is500WithoutInternals()
    {
        (HttpStatusCode status, JsonElement problem) = await GetProblemAsync(HttpMethod.Get, "/failure");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BodyAtTheLimit_IsRead()
    {
        string body = new('a', 1_000_000);
        using HttpResponseMessage response = await host.Client.PostAsync("/echo", new StringContent(body));

        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_BodyOverTheLimit_Is413Problem(bool withLength)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/echo") { Content = new ByteArrayContent(new byte[1_000_001]) };
        request.Headers.TransferEncodingChunked = !withLength;
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("request_too_large", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_BodyThatStalls_Is408Problem()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        using TcpClient client = new();
        await client.ConnectAsync(host.Application.BaseAddress.Host, host.Application.BaseAddress.Port, patience.Token);
        await client.GetStream().WriteAsync("POST /impatient HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{"u8.ToArray(), patience.Token);
        using StreamReader reader = new(client.GetStream(), Encoding.UTF8);
        string answer = await reader.ReadToEndAsync(patience.Token);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("request_too_slow", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_IdentifierOf10000Characters_ReachesTheFunction()
    {
        string id = new('x', 10_000);

        Assert.Equal($"get {id}", await host.Client.GetStringAsync($"/items/{id}"));
    }

    [Fact]
    public async Task Get_Stream_DeliversEachEventWhenItHappens()
    {
        Channel<string> events = EventSource.Next();
        await events.Writer.WriteAsync("one");
        using HttpResponseMessage response = await host.Client.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("data: one|", $"{await reader.ReadLineAsync()}|{await reader.ReadLineAsync()}");

        await events.Writer.WriteAsync("two");
        Assert.Equal("data: two|", $"{await reader.ReadLineAsync()}|{await reader.ReadLineAsync()}");

        events.Writer.Complete();
        Assert.Null(await reader.ReadLineAsync());
    }

    private async Task<(HttpStatusCode Status, JsonElement Problem)> GetProblemAsync(HttpMethod method, string path)
    {
        using HttpRequestMessage request = new(method, path);
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return (response.StatusCode, document.RootElement.Clone());
    }
}
