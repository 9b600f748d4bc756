namespace Trainyard.Domain.Limits;

/// <summary>What a request costs the installation, by which its rate is limited.</summary>
public enum LimitClass
{
    /// <summary>Looks at something.</summary>
    Read,

    /// <summary>Asks a model.</summary>
    Predict,

    /// <summary>Changes something, or starts long work.</summary>
    Write,

    /// <summary>Sends a file.</summary>
    Upload,
}
