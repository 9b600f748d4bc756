using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The function answers HTTP requests.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    public HttpTriggerAttribute()
    {
    }

    public HttpTriggerAttribute(params string[] methods) => Methods = methods;

    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
        : this(methods) => AuthLevel = authLevel;

    /// <summary>Route template; the function's name when null.</summary>
    public string? Route { get; set; }

    /// <summary>The verbs answered; all when null.</summary>
    public string[]? Methods { get; }

    /// <summary>Which host key a request must carry.</summary>
    public AuthorizationLevel AuthLevel { get; } = AuthorizationLevel.Function;
}
