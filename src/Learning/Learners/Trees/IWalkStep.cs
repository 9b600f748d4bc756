namespace Trainyard.Learning.Learners.Trees;

/// <summary>How to answer a decision: a type of its own per way, so that the innermost loop is compiled for each.</summary>
internal interface IWalkStep
{
    /// <summary>1 to go right, 0 to go left.</summary>
    static abstract int GoesRight(double value, in WalkNode node);
}
