using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Access;
using Trainyard.Functions.Access;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Http;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Benchmarks.Access;

/// <summary>Hosts that differ in what they know and tell of their callers.</summary>
internal static class AccessHost
{
    public const string Bare = "bare";
    public const string Known = "known";
    public const string Logged = "logged";
    public const string Exported = "exported";
    public const string Sink = "sink";
    public const string OperatorKey = "operator-key-of-a-benchmark-which-is-long-enough";

    private static readonly KeyValuePair<string, string?>[] Keys =
    [
        new("Trainyard:Access:OperatorKey", OperatorKey),

        // Counted, and never reached.
        new("Trainyard:Limits:PredictPerSecond", "1000000"),
    ];

    /// <summary>The options of a kind of host.</summary>
    /// <param name="options">What all have.</param>
    /// <param name="kind">One of the names above.</param>
    /// <param name="sink">Where spans go, or null.</param>
    public static LocalHostOptions Configure(LocalHostOptions options, string kind, string? sink) => kind switch
    {
        Bare => options with { Compose = ComposeBare },
        Known => options with { Settings = new Dictionary<string, string?>(Keys, StringComparer.Ordinal) },
        Logged => options with { Settings = new Dictionary<string, string?>(Keys, StringComparer.Ordinal), ConfigureServices = AddLogs },
        Exported => options with
        {
            Settings = new Dictionary<string, string?>([.. Keys, new("OTEL_EXPORTER_OTLP_ENDPOINT", sink), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")], StringComparer.Ordinal),
            ConfigureServices = AddLogs,
        },
        _ => throw new ArgumentException($"There is no kind '{kind}'.", nameof(kind)),
    };

    /// <summary>A collector that takes everything and keeps nothing.</summary>
    public static async Task<int> RunSinkAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication application = builder.Build();
        application.Run(static async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            http.Response.ContentType = "application/x-protobuf";
        });
        await application.StartAsync();
        Console.WriteLine(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await application.WaitForShutdownAsync();
        return 0;
    }

    // Problems stay problems; whose request it is nobody asks.
    private static void ComposeBare(IFunctionsWorkerApplicationBuilder app, IConfiguration configuration)
    {
        app.Services.AddTrainyard(configuration, isLocalOnly: true);
        app.UseMiddleware<ProblemMiddleware>();
        app.Use(static next => context =>
        {
            context.GetHttpContext()?.Features.Set(Caller.Local);
            return next(context);
        });
    }

    private static void AddLogs(IServiceCollection services) => services.AddSingleton<ILoggerProvider, ScopedLogs>();

    /// <summary>A log as an installation has one: lines of a request carry its scope; nothing is written, as nothing is worth a line.</summary>
    private sealed class ScopedLogs : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _ = formatter(state, exception);

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
