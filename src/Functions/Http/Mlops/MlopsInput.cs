namespace Trainyard.Functions.Http.Mlops;

/// <summary>A column that a model reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
internal sealed record MlopsInput(string Name, string Type);
