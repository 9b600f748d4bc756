using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Explanations;

/// <summary>Lists one tree's places from the root down, each behind its parent.</summary>
internal static class TreePlaces
{
    /// <summary>The weight of the training rows at every node, from that of the leaves.</summary>
    public static double[] CoverOfNodes(TreeEnsemble trees, TreeStatistics statistics)
    {
        double[] covers = new double[trees.NodeCount];
        for (int index = covers.Length - 1; index >= 0; index--)
        {
            TreeNode node = trees.Nodes[index];
            covers[index] = CoverOf(node.Left, covers, statistics) + CoverOf(node.Right, covers, statistics);
        }

        return covers;
    }

    /// <summary>
    /// The places of the tree that begins at <paramref name="root"/>; the first is the root, whose feature is -1. The two below
    /// a decision follow each other, the left one first.
    /// </summary>
    /// <param name="trees">The ensemble.</param>
    /// <param name="root">Where the tree begins, in the numbering of children.</param>
    /// <param name="nodeCovers">As of <see cref="CoverOfNodes"/>.</param>
    public static TreePlace[] Of(TreeEnsemble trees, int root, double[] nodeCovers)
    {
        List<TreePlace> places = [new TreePlace(-1, 0, -1, root, 1)];
        Stack<int> open = new([0]);
        while (open.TryPop(out int parent))
        {
            if (places[parent].Node < 0)
            {
                continue;
            }

            TreeNode node = trees.Nodes[places[parent].Node];
            int twin = FindTwin(places, parent, node.Feature);
            double share = ShareOfLeft(node, nodeCovers, trees.Statistics!);
            Add(node.Left, share);
            Add(node.Right, 1 - share);

            void Add(int child, double part)
            {
                open.Push(places.Count);
                places.Add(new TreePlace(parent, twin, node.Feature, child, part * places[twin].Share));
            }
        }

        return [.. places];
    }

    /// <summary>The part of a node's training rows that went left; half where there were none.</summary>
    public static double ShareOfLeft(TreeNode node, double[] nodeCovers, TreeStatistics statistics)
    {
        double left = CoverOf(node.Left, nodeCovers, statistics);
        double sum = left + CoverOf(node.Right, nodeCovers, statistics);
        return sum > 0 ? left / sum : 0.5;
    }

    /// <summary>The largest number of different features that one path asks.</summary>
    public static int MostFeatures(TreePlace[] places)
    {
        int[] features = new int[places.Length];
        for (int index = 1; index < places.Length; index++)
        {
            features[index] = features[places[index].Parent] + (places[index].Twin == 0 ? 1 : 0);
        }

        return features.Max();
    }

    private static double CoverOf(int child, double[] nodeCovers, TreeStatistics statistics) =>
        child >= 0 ? nodeCovers[child] : statistics.Covers[~child];

    private static int FindTwin(List<TreePlace> places, int place, int feature)
    {
        while (place > 0 && places[place].Feature != feature)
        {
            place = places[place].Parent;
        }

        return Math.Max(place, 0);
    }
}
