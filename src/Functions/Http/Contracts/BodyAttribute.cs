namespace Trainyard.Functions.Http.Contracts;

/// <summary>Says what body an HTTP function reads.</summary>
/// <param name="mediaType">Its media type.</param>
/// <param name="example">A body that the function accepts, with the other examples as its world; a test sends it.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class BodyAttribute(string mediaType, string example) : Attribute
{
    /// <summary>Its media type.</summary>
    public string MediaType { get; } = mediaType;

    /// <summary>A body that the function accepts.</summary>
    public string Example { get; } = example;

    /// <summary>Whether a request may come without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The record that it is the JSON of; null for other formats.</summary>
    public virtual WireType? Json => null;
}
