using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>A split with the sum of the pairs that go left.</summary>
/// <param name="Split">What is asked.</param>
/// <param name="Left">The sum over the rows that go left.</param>
/// <param name="PartsMissing">True when every missing value and nothing else goes right.</param>
internal sealed record FoundSplit(Split Split, Vector128<long> Left, bool PartsMissing)
{
    /// <summary>The better of two; of equals the lower feature, whatever the order of trying.</summary>
    public static FoundSplit? Better(FoundSplit? first, FoundSplit? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        bool secondWins = second.Split.Gain > first.Split.Gain || (second.Split.Gain == first.Split.Gain && second.Split.Feature < first.Split.Feature);
        return secondWins ? second : first;
    }
}
