namespace Trainyard.Domain.Serving.Inference;

/// <summary>What the elements of a tensor are in JSON.</summary>
internal enum TensorKind
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Texts.</summary>
    Text,
}
