using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Ports;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Storage;
using Trainyard.LocalHost.Datasets;
using Trainyard.LocalHost.Discovery;
using Trainyard.LocalHost.Durable;
using Trainyard.LocalHost.Http;
using Trainyard.LocalHost.Http.Connections;
using Trainyard.LocalHost.Invocation;
using Trainyard.LocalHost.Queues;
using Trainyard.LocalHost.Storage;
using Trainyard.LocalHost.Timers;

namespace Trainyard.LocalHost.Hosting;

/// <summary>Puts a host together: configuration, services, functions, routes.</summary>
internal static class LocalHostBuilder
{
    // Room for a path with an over-long identifier, so that the app can answer it with problem details.
    private const int MaxRequestLineBytes = 32 * 1024;

    /// <summary>Builds a host that is not started.</summary>
    /// <exception cref="FunctionDeclarationException">A function cannot be run.</exception>
    /// <exception cref="LocalHostException">A settings file is malformed.</exception>
    public static WebApplication Build(LocalHostOptions options)
    {
        HostJson hostJson = HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json"));
        IReadOnlyList<LocalFunction> functions = FunctionDiscovery.Discover(options.FunctionTypes ?? typeof(TrainyardServices).Assembly.GetTypes());

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AddConfiguration(builder.Configuration, options);
        AddLogging(builder.Logging, builder.Configuration, options);
        AddServer(builder, options);
        AddFramework(builder.Services, builder.Configuration, options, functions);

        LocalFunctionsBuilder app = new(builder.Services);
        if (options.Compose is { } compose)
        {
            compose(app, builder.Configuration);
        }
        else
        {
            ComposeTrainyard(app, builder.Configuration, options.Urls);
        }

        options.ConfigureServices?.Invoke(builder.Services);

        FunctionPipeline pipeline = app.BuildPipeline();
        AddTriggers(builder.Services, functions, options, hostJson, pipeline);

        WebApplication application = builder.Build();
        ConstructorChecks.Verify(functions, application.Services);

        // Names of queues are resolved now, not at the first message.
        application.Services.GetService<IFunctionOutputs>();
        Route(application, functions, options.RoutePrefix ?? hostJson.RoutePrefix, pipeline);
        return application;
    }

    private static void ComposeTrainyard(IFunctionsWorkerApplicationBuilder app, IConfiguration configuration, IReadOnlyList<string> urls)
    {
        app.Services.AddTrainyard(configuration, LoopbackUrls.AreAll(urls));
        app.UseTrainyard();
    }

    private static void AddConfiguration(ConfigurationManager configuration, LocalHostOptions options)
    {
        configuration.AddInMemoryCollection(LocalSettings.Read(Path.GetFullPath(LocalSettings.FileName)));
        configuration.AddEnvironmentVariables();
        configuration.AddInMemoryCollection(options.Settings);
    }

    private static void AddLogging(ILoggingBuilder logging, IConfiguration configuration, LocalHostOptions options)
    {
        logging.SetMinimumLevel(options.LogLevel);
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // It logs requests, which invocations do here, and were it to log anything it would make a span of each request
        // that nobody collects, and a scope with its path. Exporters get its spans all the same.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // What keeps a host from starting or stopping is thrown to whoever started it, who says it in one sentence;
        // a background service that ends the host is critical and has nobody else to tell.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (!options.LogToConsole)
        {
            return;
        }

        if (LogSettings.Read(configuration).IsJson)
        {
            logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "O";
            });
            return;
        }

        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.IncludeScopes = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
    }

    private static void AddServer(WebApplicationBuilder builder, LocalHostOptions options)
    {
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBodyBytes;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
            kestrel.ConfigureEndpointDefaults(RefusingConnections.Use);
        });
    }

    private static void AddFramework(
        IServiceCollection services, IConfiguration configuration, LocalHostOptions options, IReadOnlyList<LocalFunction> functions)
    {
        services.AddRoutingCore();
        CrossOrigin.Add(services, configuration);
        AddStorage(services, configuration, options.DataFolder);
        services.AddSingleton<IFileSource>(provider => RootedFiles.Of(provider.GetRequiredService<IConfiguration>()[RootedFiles.Setting], options.DataFolder));
        services.AddSingleton(options.TimeProvider);
        if (!options.HandleSignals)
        {
            services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        }

        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout);

        // MVC costs a good part of a start, so it is there only for functions that return its results.
        if (functions.Any(each => typeof(IActionResult).IsAssignableFrom(FunctionResult.TypeOf(each.Method.ReturnType))))
        {
            AddActionResults(services);
        }
    }

    private static void AddStorage(IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        try
        {
            if (!AzureStorage.IsConfigured(configuration))
            {
                services.AddLocalStorage(dataFolder);
                return;
            }

            // Documents and blobs only: orchestrations and messages stay in the data folder, where this host's engine
            // and its triggers look for them.
            services.AddAzureStorage(configuration);
            services.AddLocalQueues(dataFolder);
        }
        catch (InvalidOperationException malformed)
        {
            throw new LocalHostException("storage_setting_invalid", malformed.Message, malformed);
        }
    }

    // A method of its own, so that MVC's assemblies are loaded only with it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddActionResults(IServiceCollection services) => services.AddMvcCore();

    private static void AddTriggers(
        IServiceCollection services, IReadOnlyList<LocalFunction> functions, LocalHostOptions options, HostJson hostJson, FunctionPipeline pipeline)
    {
        services.AddSingleton(provider => new FunctionRunner(pipeline, provider.GetRequiredService<IServiceScopeFactory>()));
        if (functions.Any(static each => each.Outputs.Count > 0))
        {
            services.AddSingleton<IFunctionOutputs>(provider => new QueueOutputs(
                functions, provider.GetRequiredService<IConfiguration>(), new Lazy<IMessageQueue>(provider.GetRequiredService<IMessageQueue>)));
        }

        if (functions.Any(UsesDurable))
        {
            AddDurable(services, functions, options, hostJson.OrchestrationVersion);
        }

        services.AddSingleton<IHostedService>(provider => new TriggerService(
            [
                .. TimerTriggers.Listen(functions, Path.Combine(options.DataFolder, "timers"), provider),
                .. QueueTriggers.Listen(functions, options.Queues ?? hostJson.Queues, provider),
            ],
            options.TimeProvider,
            provider.GetRequiredService<ILogger<TriggerService>>()));
    }

    // Before the triggers, so that it runs when they start and stops after them.
    private static void AddDurable(IServiceCollection services, IReadOnlyList<LocalFunction> functions, LocalHostOptions options, string version)
    {
        services.AddSingleton(provider =>
        {
            DurableCatalog catalog = new();
            DurableFunctions.Register(catalog, functions, provider.GetRequiredService<FunctionRunner>(), provider);
            DurableOptions durable = new(Path.Combine(options.DataFolder, "durable.db")) { DrainTimeout = options.DrainTimeout, DefaultVersion = version };
            return new DurableEngine(catalog, durable, options.TimeProvider, provider.GetRequiredService<ILoggerFactory>());
        });
        services.AddSingleton<DurableTaskClient>(provider => new LocalDurableTaskClient(provider.GetRequiredService<DurableEngine>()));
        services.AddSingleton<IHostedService>(provider => new DurableService(provider.GetRequiredService<DurableEngine>()));
    }

    private static bool UsesDurable(LocalFunction function) =>
        function.Kind is TriggerKind.Orchestration or TriggerKind.Activity
        || function.Parameters.Any(each => each.Source == ParameterSource.DurableClient);

    private static void Route(WebApplication application, IReadOnlyList<LocalFunction> functions, string prefix, FunctionPipeline pipeline)
    {
        var logger = application.Services.GetRequiredService<ILogger<RequestGuard>>();
        ServerRefusals.Listen(application.Services.GetRequiredService<DiagnosticListener>());
        application.Use(next => new RequestGuard(next, logger).InvokeAsync);
        CrossOrigin.Use(application);
        application.UseRouting();
        application.Use(next => new UnmatchedRequests(next).InvokeAsync);
        FunctionRoutes.Map(application, functions, prefix, pipeline);
    }
}
