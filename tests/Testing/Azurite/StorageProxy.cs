using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Trainyard.Testing.Azurite;

/// <summary>Stands between a client and Azurite: counts what passes, and refuses, cuts or swallows what it is told to. Thread safe.</summary>
/// <remarks>
/// Paths and bodies pass byte for byte, so that signatures stay right. Faults happen on the wire, below everything that a
/// client's pipeline does.
/// </remarks>
public sealed class StorageProxy : IAsyncDisposable
{
    // What Azure.Core waits before its next try, if that is longer than its own pace; the services say it in seconds.
    private const string RetryAfterMilliseconds = "retry-after-ms";

    // Azure.Core gives it to a call, and to each of its tries.
    private const string CallId = "x-ms-client-request-id";
    private static readonly string[] Services = ["Blob", "Queue", "Table"];
    private static readonly HashSet<string> OfTheConnection = new(["Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Expect"], StringComparer.OrdinalIgnoreCase);

    private readonly WebApplication proxy;
    private readonly HttpMessageInvoker azurite = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
    private readonly Func<StorageRequest, StorageFault> fault;
    private readonly ConcurrentDictionary<StorageFault, int> faults = new();
    private readonly ConcurrentDictionary<(string Service, string Method), int> passed = new();
    private readonly Dictionary<int, (string Service, int Port)> ways = [];

    private readonly TimeSpan retryAfter;

    private StorageProxy(WebApplication proxy, Func<StorageRequest, StorageFault> fault, TimeSpan retryAfter) => (this.proxy, this.fault, this.retryAfter) = (proxy, fault, retryAfter);

    /// <summary>Ports by service, instead of Azurite's own.</summary>
    public IReadOnlyDictionary<string, int> Ports => ways.ToDictionary(way => way.Value.Service, way => way.Key, StringComparer.Ordinal);

    /// <summary>Requests that came to the service, by service and method.</summary>
    public IReadOnlyDictionary<(string Service, string Method), int> Passed => passed;

    /// <summary>How often each fault happened.</summary>
    public IReadOnlyDictionary<StorageFault, int> Faults => faults;

    /// <summary>Begins to listen.</summary>
    /// <param name="process">Where requests go.</param>
    /// <param name="fault">Says what happens to each request; called by many threads. Null to let all pass.</param>
    /// <param name="retryAfter">How long a throttled client is told to wait; null for a millisecond.</param>
    public static async Task<StorageProxy> StartAsync(AzuriteProcess process, Func<StorageRequest, StorageFault>? fault = null, TimeSpan? retryAfter = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            foreach (string _ in Services)
            {
                options.Listen(IPAddress.Loopback, 0);
            }
        });
        StorageProxy made = new(builder.Build(), fault ?? (_ => StorageFault.None), retryAfter ?? TimeSpan.FromMilliseconds(1));
        made.proxy.Run(made.HandleAsync);
        await made.proxy.StartAsync();
        IEnumerable<int> ports = made.proxy.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address).Port);
        foreach ((int port, string service) in ports.Zip(Services))
        {
            made.ways.Add(port, (service, process.Ports[service]));
        }

        return made;
    }

    /// <summary>Faults at random, at most so many of the same call as a client is sure to outlast.</summary>
    /// <param name="seed">Which requests are hit.</param>
    /// <param name="share">The share of requests that are hit, 0 to 1.</param>
    /// <param name="ofACall">Faults of one call at most.</param>
    /// <param name="kinds">What happens to them.</param>
    public static Func<StorageRequest, StorageFault> AtRandom(int seed, double share, int ofACall, params StorageFault[] kinds)
    {
        Random random = new(seed);
        Dictionary<string, int> hits = new(StringComparer.Ordinal);
        return request =>
        {
            lock (random)
            {
                int before = hits.GetValueOrDefault(request.Id);
                if (random.NextDouble() >= share || before == ofACall)
                {
                    return StorageFault.None;
                }

                hits[request.Id] = before + 1;
                return kinds[random.Next(kinds.Length)];
            }
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        azurite.Dispose();
    }

    private static HttpRequestMessage Copy(HttpRequest request, string target, int port)
    {
        Uri uri = new($"http://127.0.0.1:{port}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        HttpRequestMessage copy = new(new HttpMethod(request.Method), uri);
        if (request.ContentLength is not null || request.Headers.TransferEncoding.Count > 0)
        {
            copy.Content = new StreamContent(request.Body);
        }

        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in request.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
        {
            if (!copy.Headers.TryAddWithoutValidation(name, value.AsEnumerable()))
            {
                copy.Content?.Headers.TryAddWithoutValidation(name, value.AsEnumerable());
            }
        }

        return copy;
    }

    private async Task HandleAsync(HttpContext context)
    {
        (string service, int port) = ways[context.Connection.LocalPort];
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        StorageFault happens = fault(new StorageRequest(service, context.Request.Method, target, context.Request.Headers[CallId].ToString()));
        faults.AddOrUpdate(happens, 1, (_, count) => count + 1);
        switch (happens)
        {
            case StorageFault.Throttled:
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers[RetryAfterMilliseconds] = retryAfter.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                context.Response.Headers["x-ms-error-code"] = "ServerBusy";
                return;
            case StorageFault.Unsent:
                context.Abort();
                return;
            default:
                await PassAsync(context, service, target, port, isAnswered: happens == StorageFault.None);
                return;
        }
    }

    private async Task PassAsync(HttpContext context, string service, string target, int port, bool isAnswered)
    {
        using HttpRequestMessage request = Copy(context.Request, target, port);
        using HttpResponseMessage answer = await azurite.SendAsync(request, context.RequestAborted);
        passed.AddOrUpdate((service, context.Request.Method), 1, (_, count) => count + 1);
        if (!isAnswered)
        {
            await answer.Content.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> value) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key)))
        {
            context.Response.Headers[name] = value.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
