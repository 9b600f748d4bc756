namespace Trainyard.Domain.Ports;

/// <summary>Where new identifiers come from, so that a test can fix them.</summary>
public interface IIdSource
{
    /// <summary>A new identifier that no other call returns, in lower-case letters, digits and hyphens.</summary>
    string NewId();

    /// <summary>The same as 128 bits: of version 7 of RFC 9562, so that later ones sort after earlier ones to the millisecond.</summary>
    Guid NewGuid();
}
