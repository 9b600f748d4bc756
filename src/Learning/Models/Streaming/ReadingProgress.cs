namespace Trainyard.Learning.Models.Streaming;

/// <summary>How far the reading of a file is.</summary>
/// <param name="Reading">1-based reading of the file.</param>
/// <param name="Rows">Rows read in it so far.</param>
public sealed record ReadingProgress(int Reading, int Rows);
