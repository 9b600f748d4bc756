namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Entry point of a worker application.</summary>
public static class FunctionsApplication
{
    /// <summary>A builder with default configuration, logging and services.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
