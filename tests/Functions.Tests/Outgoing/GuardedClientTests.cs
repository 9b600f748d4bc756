using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Problems;
using Trainyard.Functions.Outgoing;

namespace Trainyard.Functions.Tests.Outgoing;

/// <summary>Against a real server on 127.0.0.1, which alone is allowed; every other loopback address stands for the inside.</summary>
public sealed class GuardedClientTests : IAsyncLifetime
{
    private static readonly OutgoingOptions Options = new()
    {
        AllowedNetworks = [IPNetwork.Parse("127.0.0.1/32")],
        MaxBytes = 1000,
        HeadTimeout = TimeSpan.FromSeconds(20),
        ReadTimeout = TimeSpan.FromMilliseconds(200),
    };

    private readonly Dictionary<string, IPAddress[]> names = new(StringComparer.Ordinal)
    {
        ["allowed.example"] = [IPAddress.Loopback],
        ["inside.example"] = [IPAddress.Parse("127.0.0.2")],
        ["both.example"] = [IPAddress.Loopback, IPAddress.Parse("10.0.0.1")],
        ["metadata.example"] = [IPAddress.Parse("169.254.169.254")],
        ["nowhere.example"] = [],
    };

    private WebApplication? server;
    private GuardedClient client = null!;
    private int port;
    private int requests;

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        X509Certificate2 certificate = Certificate();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync();
        port = new Uri(server.Urls.Single()).Port;
        SslClientAuthenticationOptions trusting = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() };
        GuardedConnector connector = new(Options, (name, _) => names.TryGetValue(name, out IPAddress[]? found) ? Task.FromResult(found) : throw new HttpRequestException("No such name."));
        client = new GuardedClient(Options, connector.CreateHandler(trusting));
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server!.DisposeAsync();
    }

    [Theory]
    [InlineData("/file")]
    [InlineData("/to-file")]
    [InlineData("/relative")]
    public async Task Open_PublicAddress_GivesWhatLiesThere(string path) => Assert.Equal("hello", await ReadAsync($"https://allowed.example:{port}{path}"));

    [Fact]
    public async Task Open_NothingThere_IsNull() => Assert.Null(await client.OpenAsync($"https://allowed.example:{port}/absent", default));

    [Theory]
    [InlineData("https://inside.example:PORT/file")]
    [InlineData("https://both.example:PORT/file")]
    [InlineData("https://metadata.example/latest/meta-data")]
    [InlineData("https://169.254.169.254/metadata/instance")]
    [InlineData("https://127.0.0.2:PORT/file")]
    [InlineData("https://[::1]:PORT/file")]
    [InlineData("https://[::ffff:127.0.0.2]:PORT/file")]
    [InlineData("https://0x7f000002:PORT/file")]
    [InlineData("https://2130706434:PORT/file")]
    [InlineData("https://0177.0.0.2:PORT/file")]
    [InlineData("https://allowed.example:PORT/to-inside")]
    [InlineData("https://allowed.example:PORT/to-metadata")]
    [InlineData("https://nowhere.example/")]
    public async Task Open_WhatLeadsInside_IsForbiddenWithoutSayingWhere(string address)
    {
        Problem problem = await RefusedAsync(address);
        Assert.Equal("url_forbidden", problem.Code);
        Assert.DoesNotContain(problem.Detail, character => char.IsAsciiDigit(character));
    }

    [Theory]
    [InlineData("http://allowed.example:PORT/file")]
    [InlineData("https://user:secret@allowed.example:PORT/file")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://allowed.example/")]
    [InlineData("not an address")]
    [InlineData("https://allowed.example:PORT/to-http")]
    [InlineData("https://allowed.example:PORT/to-file-scheme")]
    [InlineData("https://allowed.example:PORT/to-user")]
    public async Task Open_AnotherSchemeOrAUser_IsInvalidFirstOrRedirectedTo(string address)
    {
        Problem problem = await RefusedAsync(address);
        Assert.Equal("url_invalid", problem.Code);
        Assert.DoesNotContain("secret", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://allowed.example:PORT/error", "500")]
    [InlineData("https://allowed.example:PORT/circle", "redirects more than 5 times")]
    [InlineData("https://allowed.example:PORT/redirect-nowhere", "302")]
    [InlineData("https://unknown.example/", "no connection")]
    public async Task Open_WhatDoesNotAnswerWell_MayBeTriedAgain(string address, string said)
    {
        ProblemException refused = await Assert.ThrowsAsync<TransientProblemException>(() => client.OpenAsync(At(address), default));
        Assert.Equal("url_unreachable", refused.Problem.Code);
        Assert.Contains(said, refused.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Redirects_AreFollowedAsOftenAsAllowedAndNoMore()
    {
        await RefusedAsync("https://allowed.example:PORT/circle");
        Assert.Equal(Options.MaxRedirects + 1, Volatile.Read(ref requests));
    }

    [Theory]
    [InlineData("/large")]
    [InlineData("/endless")]
    public async Task Read_MoreThanAllowed_IsRefused(string path)
    {
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(() => ReadAsync($"https://allowed.example:{port}{path}"));
        Assert.Equal("url_too_large", refused.Problem.Code);
    }

    [Theory]
    [InlineData("/stalls")]
    [InlineData("/breaks")]
    public async Task Read_WhatStallsOrBreaksOff_IsUnreachable(string path)
    {
        ProblemException refused = await Assert.ThrowsAsync<TransientProblemException>(() => ReadAsync($"https://allowed.example:{port}{path}"));
        Assert.Equal("url_unreachable", refused.Problem.Code);
    }

    [Fact]
    public async Task Open_ServerWithAnotherCertificate_IsUnreachable()
    {
        using GuardedClient strict = new(Options, new GuardedConnector(Options, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])).CreateHandler());
        ProblemException refused = await Assert.ThrowsAsync<TransientProblemException>(() => strict.OpenAsync($"https://allowed.example:{port}/file", default));
        Assert.Equal("url_unreachable", refused.Problem.Code);
    }

    [Fact]
    public async Task Open_Cancelled_IsCancelled()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.OpenAsync($"https://allowed.example:{port}/file", cancelled.Token));
    }

    private static X509Certificate2 Certificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=allowed.example", key, HashAlgorithmName.SHA256);
        DateTimeOffset start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using X509Certificate2 made = request.CreateSelfSigned(start, start.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }

    private string At(string address) => address.Replace("PORT", port.ToString(), StringComparison.Ordinal);

    private async Task<Problem> RefusedAsync(string address) => (await Assert.ThrowsAnyAsync<ProblemException>(() => client.OpenAsync(At(address), default))).Problem;

    private async Task<string> ReadAsync(string address)
    {
        await using Stream? body = await client.OpenAsync(address, default);
        using MemoryStream content = new();
        await body!.CopyToAsync(content);
        return Encoding.UTF8.GetString(content.ToArray());
    }

    private static async Task UntilAbortedAsync(HttpContext context)
    {
        TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref requests);
        HttpResponse response = context.Response;
        switch (context.Request.Path.Value)
        {
            case "/file":
                await response.WriteAsync("hello");
                break;
            case "/to-file":
                response.Redirect($"https://allowed.example:{port}/file");
                break;
            case "/relative":
                response.Redirect("file");
                break;
            case "/to-inside":
                response.Redirect($"https://inside.example:{port}/file");
                break;
            case "/to-metadata":
                response.Redirect("https://169.254.169.254/metadata/instance");
                break;
            case "/to-http":
                response.Redirect($"http://allowed.example:{port}/file");
                break;
            case "/to-file-scheme":
                response.Headers.Location = "file:///etc/passwd";
                response.StatusCode = StatusCodes.Status302Found;
                break;
            case "/to-user":
                response.Redirect($"https://user:secret@allowed.example:{port}/file");
                break;
            case "/circle":
                response.Redirect($"https://allowed.example:{port}/circle");
                break;
            case "/redirect-nowhere":
                response.StatusCode = StatusCodes.Status302Found;
                break;
            case "/error":
                response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            case "/large":
                response.ContentLength = Options.MaxBytes + 1;
                await response.WriteAsync("x");
                await response.Body.FlushAsync();
                await UntilAbortedAsync(context);
                break;
            case "/endless":
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await response.WriteAsync(new string('x', 100), context.RequestAborted);
                }

                break;
            case "/stalls":
                await response.WriteAsync("part");
                await response.Body.FlushAsync();
                await UntilAbortedAsync(context);
                break;
            case "/breaks":
                await response.WriteAsync("part");
                await response.Body.FlushAsync();
                context.Abort();
                break;
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }
}
