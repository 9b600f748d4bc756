namespace Trainyard.Learning.ModelFile;

/// <summary>A named part of a file.</summary>
internal sealed record FileSection(string Name, ReadOnlyMemory<byte> Content);
