namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Chooses ASP.NET Core's types for HTTP functions.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>HTTP functions take HttpRequest and return IResult or IActionResult.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
}
