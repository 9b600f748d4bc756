namespace Trainyard.Functions.Http.Contracts;

/// <summary>Says what body an HTTP function reads: <typeparamref name="T"/> as JSON, strictly, so that there are no members but its own.</summary>
/// <param name="wire">The JSON context that reads it.</param>
/// <param name="example">A body that the function accepts, with the other examples as its world; a test sends it.</param>
/// <typeparam name="T">The record.</typeparam>
public sealed class TakesAttribute<T>(Type wire, string example) : BodyAttribute("application/json", example)
{
    /// <inheritdoc/>
    public override WireType Json { get; } = new(wire, typeof(T));
}
