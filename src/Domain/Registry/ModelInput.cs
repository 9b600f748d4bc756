namespace Trainyard.Domain.Registry;

/// <summary>A column that a model reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in lower case: <c>number</c>, <c>boolean</c>, <c>date</c>, <c>category</c>, <c>text</c>.</param>
public sealed record ModelInput(string Name, string Type);
