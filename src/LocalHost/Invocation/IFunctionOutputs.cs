namespace Trainyard.LocalHost.Invocation;

/// <summary>Sends what functions return for others.</summary>
internal interface IFunctionOutputs
{
    /// <summary>Sends every output of a function that succeeded; when this returned, they are durable.</summary>
    /// <param name="function">The function.</param>
    /// <param name="result">What it returned.</param>
    /// <exception cref="ArgumentException">A message is too large or is no text that can be stored; those before it are sent.</exception>
    /// <exception cref="Domain.Ports.StorageUnavailableException">The queue cannot be written.</exception>
    Task SendAsync(LocalFunction function, object result);
}
