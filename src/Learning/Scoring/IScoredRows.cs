namespace Trainyard.Learning.Scoring;

/// <summary>Takes rows as they are predicted, in their order.</summary>
public interface IScoredRows
{
    /// <summary>Takes the next row. The spans are overwritten when this returns.</summary>
    /// <param name="id">The value of its id column in UTF-8; empty when it has none.</param>
    /// <param name="outputs">What the model says, as of <see cref="Models.TabularModel.OutputCount"/>; empty when there is a fault.</param>
    /// <param name="fault">Why it could not be predicted; null when it could.</param>
    void Take(ReadOnlySpan<byte> id, ReadOnlySpan<double> outputs, RowFault? fault);
}
