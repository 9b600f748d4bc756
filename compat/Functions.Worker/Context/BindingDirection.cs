namespace Microsoft.Azure.Functions.Worker;

/// <summary>Whether a binding brings something to the function or takes something from it.</summary>
public enum BindingDirection
{
    /// <summary>To the function.</summary>
    In,

    /// <summary>From the function.</summary>
    Out,
}
