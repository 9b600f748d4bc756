using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Trainyard.Functions.Tests.Description;

public sealed partial class DocsPageTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    [Fact]
    public async Task Page_LoadsWhatItNames_FromThisHostAlone()
    {
        using HttpResponseMessage page = await host.Client.GetAsync("docs");
        string html = await page.Content.ReadAsStringAsync();

        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        string[] files = [.. Reference().Matches(html).Select(match => match.Groups["path"].Value)];
        Assert.Equal(4, files.Length);
        foreach (string file in files)
        {
            using HttpResponseMessage response = await host.Client.GetAsync(file);
            Assert.True(response.IsSuccessStatusCode, $"{file}: {response.StatusCode}");
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }

        // Nothing inline, which the policy would refuse.
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ForWhoTakesNoGzip_ComesPlain()
    {
        using HttpRequestMessage zipped = new(HttpMethod.Get, "docs/swagger-ui-bundle.js");
        zipped.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using HttpResponseMessage compressed = await host.Client.SendAsync(zipped);
        using HttpResponseMessage plain = await host.Client.GetAsync("docs/swagger-ui-bundle.js");
        byte[] packed = await compressed.Content.ReadAsByteArrayAsync();
        using System.IO.Compression.GZipStream unpacked = new(new MemoryStream(packed), System.IO.Compression.CompressionMode.Decompress);
        using StreamReader reader = new(unpacked);

        Assert.Equal("gzip", Assert.Single(compressed.Content.Headers.ContentEncoding));
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        string script = await plain.Content.ReadAsStringAsync();
        Assert.Equal(await reader.ReadToEndAsync(), script);
        Assert.Contains("SwaggerUIBundle", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatIsNotThere_IsAProblem()
    {
        using HttpResponseMessage response = await host.Client.GetAsync("docs/secrets.txt");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("page_file_not_found", (await PlatformHost.ProblemAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Document_IsServedAsCommitted()
    {
        string served = await host.Client.GetStringAsync("openapi.json");

        Assert.Equal(await File.ReadAllTextAsync(RepositoryFiles.Path("docs", "openapi.json")), served + "\n");
    }

    [GeneratedRegex(@"(?:src|href)=""(?<path>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
