namespace Trainyard.Functions.Outgoing;

/// <summary>A name leads to an address that must not be reached; which one is nobody's business.</summary>
internal sealed class ForbiddenAddressException() : IOException("The address is not one that may be reached.");
