using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Binds a client of the task hub.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>The task hub; the app's own when absent.</summary>
    public string? TaskHub { get; set; }

    /// <summary>The setting that holds the connection; the app's storage when absent.</summary>
    public string? ConnectionName { get; set; }
}
