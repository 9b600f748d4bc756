namespace Trainyard.Domain.Batches.Storage;

/// <summary>How a stretch of rows ended. Written once; which attempt at it writes it decides which file counts.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Path">The file of its results.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Predicted">Rows that were predicted.</param>
/// <param name="Failed">Rows that were not.</param>
public sealed record ChunkRecord(int Index, string Path, long Bytes, int Predicted, int Failed);
