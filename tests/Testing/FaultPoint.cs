namespace Trainyard.Testing;

/// <summary>On which side of a write a fault strikes.</summary>
public enum FaultPoint
{
    /// <summary>Nothing was stored.</summary>
    BeforeWrite,

    /// <summary>The write was stored, but its caller never learns of it.</summary>
    AfterWrite,
}
