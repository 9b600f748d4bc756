using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Fits Application Insights into the isolated worker.</summary>
public static class FunctionsApplicationInsightsExtensions
{
    /// <summary>Nothing to do here: no Functions host sends logs beside the process.</summary>
    public static IServiceCollection ConfigureFunctionsApplicationInsights(this IServiceCollection services) => services;
}
