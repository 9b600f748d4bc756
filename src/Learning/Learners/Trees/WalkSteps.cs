using System.Runtime.CompilerServices;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>The ways to answer a decision.</summary>
internal static class WalkSteps
{
    /// <summary>For rows without missing values.</summary>
    internal readonly struct Present : IWalkStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int GoesRight(double value, in WalkNode node) => value > node.Threshold ? 1 : 0;
    }

    /// <summary>For all rows.</summary>
    internal readonly struct Any : IWalkStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int GoesRight(double value, in WalkNode node) =>
            (value > node.Threshold ? 1 : 0) | ((double.IsNaN(value) ? 1 : 0) & node.MissingRight);
    }
}
