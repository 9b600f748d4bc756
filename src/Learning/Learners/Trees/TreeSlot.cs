namespace Trainyard.Learning.Learners.Trees;

/// <summary>A place in a tree: one side of a node, or the root.</summary>
/// <param name="Parent">The node above; negative for the root.</param>
/// <param name="IsLeft">Which side of it.</param>
internal readonly record struct TreeSlot(int Parent, bool IsLeft)
{
    public static TreeSlot Root { get; } = new(-1, false);
}
