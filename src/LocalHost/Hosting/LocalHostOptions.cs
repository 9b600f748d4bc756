using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trainyard.LocalHost.Queues;

namespace Trainyard.LocalHost.Hosting;

/// <summary>How a host runs: where it listens, where its state lives, which functions it serves.</summary>
internal sealed record LocalHostOptions
{
    /// <summary>Port of the Functions host on a developer's machine; tools and examples expect it.</summary>
    public const int DefaultPort = 7071;

    /// <summary>Folder for state, below the current one.</summary>
    public const string DefaultDataFolder = ".trainyard";

    /// <summary>100 MiB: what the Functions host accepts by default.</summary>
    public const long DefaultMaxRequestBodyBytes = 100L * 1024 * 1024;

    /// <summary>What the host listens on: HTTP addresses; port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [$"http://127.0.0.1:{DefaultPort}"];

    /// <summary>Folder for state; created when absent, and locked while the host runs.</summary>
    public string DataFolder { get; init; } = DefaultDataFolder;

    /// <summary>Types to look for functions in; null for those of the Trainyard app.</summary>
    public IReadOnlyList<Type>? FunctionTypes { get; init; }

    /// <summary>Composes the app; null for the Trainyard app's own composition.</summary>
    public Action<IFunctionsWorkerApplicationBuilder, IConfiguration>? Compose { get; init; }

    /// <summary>Runs after <see cref="Compose"/>, so that a test can replace services.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    /// <summary>Settings that win over local.settings.json and the environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>What precedes every route; null for the one in host.json.</summary>
    public string? RoutePrefix { get; init; }

    /// <summary>How queue triggers receive; null for what host.json says.</summary>
    public QueueSettings? Queues { get; init; }

    /// <summary>Largest request body in bytes; more is answered with 413.</summary>
    public long MaxRequestBodyBytes { get; init; } = DefaultMaxRequestBodyBytes;

    /// <summary>How long a stop waits for requests, messages and activities under way before it cancels them.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Least level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>True stops the host on Ctrl-C and SIGTERM; a host inside another program leaves signals alone.</summary>
    public bool HandleSignals { get; init; }

    /// <summary>False keeps the console free of logs.</summary>
    public bool LogToConsole { get; init; } = true;

    /// <summary>Where timers, queues and orchestrations read the time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
