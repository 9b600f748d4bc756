namespace Trainyard.Domain.Access;

/// <summary>What a caller may do. Flags; their words on the wire are in <see cref="ScopeNames"/>.</summary>
[Flags]
public enum Scopes
{
    /// <summary>Nothing: what anybody may do.</summary>
    None = 0,

    /// <summary>Look at what the tenant has.</summary>
    Read = 1,

    /// <summary>Ask deployed models.</summary>
    Predict = 2,

    /// <summary>Change data, pipelines and runs.</summary>
    Train = 4,

    /// <summary>Change what is deployed.</summary>
    Deploy = 8,

    /// <summary>Manage the tenant's keys and read its audit log. Holds all of the above.</summary>
    Admin = 16,

    /// <summary>Operate the installation: its metrics, and keys of any tenant. Holds all of the above; given by the installation's own configuration alone, never to a key that a tenant made.</summary>
    Platform = 32,
}
