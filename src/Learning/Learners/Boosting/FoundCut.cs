using System.Runtime.Intrinsics;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>The best cut of one feature so far.</summary>
/// <param name="Gain">What it gains; before there is one, what it must gain more than.</param>
/// <param name="Position">The last bin that goes left, in the order of trying; negative when there is none.</param>
/// <param name="MissingLeft">Whether missing values go left.</param>
/// <param name="Left">The sum of what goes left.</param>
internal readonly record struct FoundCut(double Gain, int Position, bool MissingLeft, Vector128<long> Left)
{
    /// <summary>No cut, and the gain that one would have to pass.</summary>
    public static FoundCut None(double gain) => new(gain, -1, false, Vector128<long>.Zero);
}
