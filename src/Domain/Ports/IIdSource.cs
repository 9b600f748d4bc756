namespace Trainyard.Domain.Ports;

/// <summary>Where new identifiers come from, so that a test can fix them.</summary>
public interface IIdSource
{
    /// <summary>A new identifier that no other call returns, in lower-case letters, digits and hyphens.</summary>
    string NewId();
}
