using Google.Protobuf.Collections;

namespace Trainyard.Learning.Import;

/// <summary>The lists of a tree operator that have an entry per node.</summary>
internal sealed class OnnxNodeLists
{
    /// <exception cref="LearningException"><c>model_import_invalid</c>: they are not of one length.</exception>
    public OnnxNodeLists(OnnxTreeNode node)
    {
        Trees = node.Integers("nodes_treeids");
        Ids = node.Integers("nodes_nodeids");
        Features = node.Integers("nodes_featureids");
        True = node.Integers("nodes_truenodeids");
        False = node.Integers("nodes_falsenodeids");
        MissingTrue = node.Integers("nodes_missing_value_tracks_true");
        Modes = node.Texts("nodes_modes");
        Values = node.Numbers("nodes_values");
        int count = Trees.Count;
        bool isWhole = Ids.Count == count && Features.Count == count && True.Count == count && False.Count == count
            && Modes.Length == count && Values.Length == count && (MissingTrue.Count == 0 || MissingTrue.Count == count);
        if (!isWhole)
        {
            throw ImportErrors.Invalid("the lists of nodes are not of one length");
        }
    }

    public RepeatedField<long> Trees { get; }

    public RepeatedField<long> Ids { get; }

    public RepeatedField<long> Features { get; }

    public RepeatedField<long> True { get; }

    public RepeatedField<long> False { get; }

    /// <summary>1 where a missing value takes the true side; empty when none does.</summary>
    public RepeatedField<long> MissingTrue { get; }

    public string[] Modes { get; }

    public double[] Values { get; }
}
