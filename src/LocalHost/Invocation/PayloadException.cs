namespace Trainyard.LocalHost.Invocation;

/// <summary>A payload cannot be bound to its function's parameter; trying it again will not help.</summary>
/// <param name="message">What was expected; never the payload itself.</param>
/// <param name="inner">The cause, or null.</param>
internal sealed class PayloadException(string message, Exception? inner) : Exception(message, inner);
