namespace Trainyard.Learning.Learners;

/// <summary>One number that governs a learner.</summary>
/// <param name="Name">Snake-case name of the field, for example <c>learning_rate</c>.</param>
/// <param name="Default">Used when the settings do not name it.</param>
/// <param name="Minimum">Smallest value allowed, inclusive.</param>
/// <param name="Maximum">Largest value allowed, inclusive.</param>
/// <param name="Description">One sentence with the unit, and where the default comes from.</param>
public sealed record HyperParameter(string Name, double Default, double Minimum, double Maximum, string Description)
{
    /// <summary>True when only whole numbers are allowed.</summary>
    public bool IsInteger { get; init; }

    /// <summary>True when a search should sample it on a logarithmic scale.</summary>
    public bool IsLogarithmic { get; init; }
}
