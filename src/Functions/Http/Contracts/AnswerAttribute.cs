using Microsoft.AspNetCore.Http;

namespace Trainyard.Functions.Http.Contracts;

/// <summary>Says with what status and format an HTTP function answers when all went well.</summary>
/// <param name="status">The status.</param>
/// <param name="mediaType">The format; null for an answer without a body.</param>
[AttributeUsage(AttributeTargets.Method)]
public class AnswerAttribute(int status, string? mediaType = null) : Attribute
{
    /// <summary>The status.</summary>
    public int Status { get; } = status;

    /// <summary>The format; null for an answer without a body.</summary>
    public string? MediaType { get; } = mediaType;

    /// <summary>The record that it is the JSON of; null for other formats.</summary>
    public virtual WireType? Json => null;

    /// <summary>Whether the answer says which bytes they are, so that a part of them can be asked for later.</summary>
    public bool HasETag { get; init; }

    /// <summary>Whether the answer says where to find what was made, or how work under way fares.</summary>
    public bool HasLocation => Status is StatusCodes.Status201Created or StatusCodes.Status202Accepted;
}
