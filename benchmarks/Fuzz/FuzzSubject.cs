using Trainyard.Learning.Randomness;

namespace Trainyard.Benchmarks.Fuzz;

/// <summary>A kind of file, a way to damage it, and its reader.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Mutate">One more damaged file.</param>
/// <param name="Read">Reads it; throws what is wrong with it.</param>
internal sealed record FuzzSubject(string Name, Func<DeterministicRandom, byte[]> Mutate, Action<byte[]> Read);
