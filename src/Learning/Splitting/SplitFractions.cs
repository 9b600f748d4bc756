namespace Trainyard.Learning.Splitting;

/// <summary>Shares of the rows that are kept out of fitting; the rest is for training.</summary>
/// <param name="Validation">0 to below 1.</param>
/// <param name="Test">0 to below 1; both together below 1.</param>
public sealed record SplitFractions(double Validation, double Test)
{
    /// <summary>60 % training, 20 % validation, 20 % test, a common choice for sets of hundreds to thousands of rows.</summary>
    public static SplitFractions Default { get; } = new(0.2, 0.2);

    /// <exception cref="LearningException">A share is out of range (<c>split_fractions_invalid</c>).</exception>
    internal void Validate()
    {
        bool inside = Validation >= 0 && Test >= 0 && Validation + Test < 1;
        if (!inside)
        {
            throw new LearningException("split_fractions_invalid", "Validation and test shares must be at least 0 and together below 1.", "fractions");
        }
    }
}
