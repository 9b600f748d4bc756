using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Trainyard.Functions.Telemetry;

/// <summary>Stands between everything that logs, of ours and of packages, and wherever logs go: what passes is redacted.</summary>
/// <param name="inner">Where logs go.</param>
/// <param name="owned">What is disposed of with this; null when the inner loggers belong to somebody else.</param>
internal sealed class RedactingLoggers(ILoggerFactory inner, IDisposable? owned) : ILoggerFactory
{
    /// <summary>Wraps the loggers that the host has registered; there is nothing to wrap where it has none.</summary>
    public static void Wrap(IServiceCollection services)
    {
        if (services.LastOrDefault(static each => each.ServiceType == typeof(ILoggerFactory)) is not { } registered)
        {
            return;
        }

        // By its own type, so that the container chooses its constructor and disposes of it. Not under a key: Application
        // Insights looks through all that is registered and cannot read what is.
        if (registered.ImplementationType is { } type)
        {
            services.TryAddSingleton(type);
        }

        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => Wrap(registered, provider)));
    }

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new RedactingLogger(inner.CreateLogger(categoryName), categoryName);

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc />
    public void Dispose() => owned?.Dispose();

    private static RedactingLoggers Wrap(ServiceDescriptor registered, IServiceProvider provider)
    {
        if (registered.ImplementationFactory is { } make)
        {
            var made = (ILoggerFactory)make(provider);
            return new RedactingLoggers(made, made);
        }

        object inner = registered.ImplementationInstance ?? provider.GetRequiredService(registered.ImplementationType!);
        return new RedactingLoggers((ILoggerFactory)inner, owned: null);
    }
}
