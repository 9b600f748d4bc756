namespace Trainyard.Domain.Access;

/// <summary>How a caller is known.</summary>
public enum CallerKind
{
    /// <summary>Not at all: a public endpoint.</summary>
    Anonymous,

    /// <summary>By being on this machine, where no key was ever made.</summary>
    Local,

    /// <summary>By an API key.</summary>
    Key,

    /// <summary>By the operator's key, from the installation's own configuration.</summary>
    Operator,

    /// <summary>By a signed token of an identity provider.</summary>
    Token,

    /// <summary>By being a run of a pipeline, which deploys what somebody told it to once.</summary>
    Run,
}
