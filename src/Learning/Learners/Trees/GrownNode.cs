namespace Trainyard.Learning.Learners.Trees;

/// <summary>A decision of a tree that is being grown.</summary>
/// <param name="split">What is asked.</param>
internal sealed class GrownNode(Split split)
{
    public Split Split { get; } = split;

    public int Left { get; set; }

    public int Right { get; set; }
}
