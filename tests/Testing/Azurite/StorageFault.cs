namespace Trainyard.Testing.Azurite;

/// <summary>What a <see cref="StorageProxy"/> does to a request.</summary>
public enum StorageFault
{
    /// <summary>It passes.</summary>
    None,

    /// <summary>It is refused as by a busy service, 503 with the time after which to come back, and never reaches the service.</summary>
    Throttled,

    /// <summary>The connection breaks before it reaches the service.</summary>
    Unsent,

    /// <summary>The service carries it out, and the connection breaks instead of an answer.</summary>
    AnswerLost,
}
