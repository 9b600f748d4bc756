namespace Trainyard.Domain.Registry.History;

/// <summary>What happened to a model.</summary>
public enum ModelEventKind
{
    /// <summary>The model was made without a version, or again after it was deleted.</summary>
    Created,

    /// <summary>A version was registered.</summary>
    Registered,

    /// <summary>A version moved from one stage to another.</summary>
    StageMoved,

    /// <summary>An alias points to a version.</summary>
    AliasSet,

    /// <summary>An alias points to nothing any more.</summary>
    AliasRemoved,

    /// <summary>A version was deployed, in place of another or of none.</summary>
    Deployed,

    /// <summary>What was deployed was withdrawn; nothing is deployed.</summary>
    Withdrawn,

    /// <summary>What is deployed stays; the shares of other versions, shadows, the fallback or the rate of logging changed.</summary>
    TrafficChanged,

    /// <summary>Description or tags of the model, or of a version, changed.</summary>
    MetadataChanged,

    /// <summary>A version was deleted.</summary>
    VersionDeleted,

    /// <summary>The model was deleted with all its versions.</summary>
    ModelDeleted,
}
