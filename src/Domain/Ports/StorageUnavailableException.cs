namespace Trainyard.Domain.Ports;

/// <summary>A store cannot work now: disk full, file locked or damaged, service unreachable. Trying again later may help.</summary>
/// <remarks>Whether a write was applied is not known.</remarks>
/// <param name="message">For a log.</param>
/// <param name="inner">The cause.</param>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
