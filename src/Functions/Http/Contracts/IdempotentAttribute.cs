namespace Trainyard.Functions.Http.Contracts;

/// <summary>Says that an HTTP function honours <see cref="IdempotentRequest.Header"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;
