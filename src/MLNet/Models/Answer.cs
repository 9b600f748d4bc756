namespace Trainyard.MLNet.Models;

/// <summary>What Microsoft.ML answers for a row; the name of its member is that of the column.</summary>
internal sealed class Answer
{
    /// <summary>A probability, a number, an error, or one value per class or cluster: trainers' own columns under one name.</summary>
    public float[] Outputs { get; set; } = [];
}
