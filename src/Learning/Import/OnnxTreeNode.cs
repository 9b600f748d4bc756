using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Onnx;

namespace Trainyard.Learning.Import;

/// <summary>A tree operator's attributes: parallel lists, an entry per node and an entry per leaf value.</summary>
internal sealed class OnnxTreeNode
{
    /// <summary>Leaf values that any file may ask for: 8 MB.</summary>
    private const int FreeValues = 1 << 20;

    /// <summary>Leaf values per weight in the file: inner nodes have none, and files may leave zeros out.</summary>
    private const int ValuesPerWeight = 32;

    private readonly Dictionary<string, AttributeProto> attributes;
    private readonly bool isDouble;
    private OnnxNodeLists? lists;

    /// <exception cref="LearningException"><c>model_import_invalid</c>, or <c>model_import_unsupported</c>.</exception>
    public OnnxTreeNode(NodeProto node, ValueInfoProto input)
    {
        attributes = node.Attribute.GroupBy(each => each.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        isDouble = input.Type?.TensorType?.ElemType == (int)TensorProto.Types.DataType.Double;
        RepeatedField<long> features = Integers("nodes_featureids");
        long width = input.Type?.TensorType?.Shape is { Dim.Count: > 0 } shape ? shape.Dim[^1].DimValue : 0;
        long least = features.Count == 0 ? 0 : features.Max() + 1;
        long count = Math.Max(width, least);
        FeatureCount = count is >= 0 and <= ImportedModel.MaximumFeatures && features.All(feature => feature >= 0)
            ? (int)count
            : throw ImportErrors.Invalid($"it asks for {count} features");
        TreeCount = Integers("nodes_treeids").Distinct().Count();
    }

    /// <summary>Numbers that a row has.</summary>
    public int FeatureCount { get; }

    /// <summary>Trees.</summary>
    public int TreeCount { get; }

    public string Text(string name, string fallback) => attributes.TryGetValue(name, out AttributeProto? found) ? found.S.ToStringUtf8() : fallback;

    public string[] Texts(string name) =>
        attributes.TryGetValue(name, out AttributeProto? found) ? [.. found.Strings.Select(text => text.ToStringUtf8())] : [];

    public int Integer(string name, int fallback) =>
        !attributes.TryGetValue(name, out AttributeProto? found) ? fallback
        : found.I is >= 0 and <= int.MaxValue ? (int)found.I
        : throw ImportErrors.Invalid($"{name} is {found.I}");

    public RepeatedField<long> Integers(string name) => attributes.TryGetValue(name, out AttributeProto? found) ? found.Ints : [];

    /// <summary>Numbers of 32 bits, or under the longer name of 64.</summary>
    public double[] Numbers(string name)
    {
        if (attributes.TryGetValue(name + "_as_tensor", out AttributeProto? tensor))
        {
            return Values(tensor.T ?? new TensorProto());
        }

        return attributes.TryGetValue(name, out AttributeProto? found) ? [.. found.Floats.Select(value => (double)value)] : [];
    }

    /// <summary>The labels of the classes, as texts.</summary>
    public string[] Labels() => attributes.TryGetValue("classlabels_strings", out AttributeProto? texts) && texts.Strings.Count > 0
        ? [.. texts.Strings.Select(text => text.ToStringUtf8())]
        : [.. Integers("classlabels_int64s").Select(label => label.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>What each of <paramref name="count"/> sums starts from; 0 unless it is said.</summary>
    public double[] Bases(int count)
    {
        double[] bases = Numbers("base_values");
        return bases.Length == 0 ? new double[count]
            : bases.Length == count && Array.TrueForAll(bases, double.IsFinite) ? bases
            : throw ImportErrors.Invalid($"there are {bases.Length} base values for {count} sums");
    }

    /// <summary>The trees.</summary>
    /// <param name="prefix">How the lists of leaf values begin: <c>target</c> or <c>class</c>.</param>
    /// <param name="leafWidth">Values that a leaf is to have.</param>
    /// <param name="add">Adds a value of the file (with its target or class) to a leaf.</param>
    public TreeEnsemble Trees(string prefix, int leafWidth, Action<double[], long, double> add)
    {
        long values = (long)leafWidth * Integers("nodes_nodeids").Count;
        if (values > Math.Max(FreeValues, (long)ValuesPerWeight * Integers(prefix + "_ids").Count))
        {
            throw ImportErrors.Invalid($"{leafWidth} values in each leaf are too many");
        }

        Dictionary<(long Tree, long Node), double[]> leaves = Leaves(prefix, leafWidth, add);
        ForeignTrees trees = new(leafWidth, FeatureCount);
        foreach (List<int> tree in Grouped())
        {
            trees.Add(Nodes(tree, leaves, leafWidth), 0);
        }

        return trees.Build(knowsCovers: false);
    }

    private Dictionary<(long Tree, long Node), double[]> Leaves(string prefix, int leafWidth, Action<double[], long, double> add)
    {
        (RepeatedField<long> trees, RepeatedField<long> nodes, RepeatedField<long> ids) = (Integers(prefix + "_treeids"), Integers(prefix + "_nodeids"), Integers(prefix + "_ids"));
        double[] weights = Numbers(prefix + "_weights");
        if (nodes.Count != trees.Count || ids.Count != trees.Count || weights.Length != trees.Count)
        {
            throw ImportErrors.Invalid($"the lists of {prefix} weights are not of one length");
        }

        Dictionary<(long, long), double[]> leaves = [];
        for (int index = 0; index < weights.Length; index++)
        {
            ref double[]? leaf = ref CollectionsMarshal.GetValueRefOrAddDefault(leaves, (trees[index], nodes[index]), out _);
            add(leaf ??= new double[leafWidth], ids[index], weights[index]);
        }

        return leaves;
    }

    /// <summary>The places of each tree's nodes in the lists, in the order of the file.</summary>
    private IEnumerable<List<int>> Grouped()
    {
        Dictionary<long, List<int>> places = [];
        List<List<int>> inOrder = [];
        foreach ((int index, long tree) in Integers("nodes_treeids").Index())
        {
            ref List<int>? found = ref CollectionsMarshal.GetValueRefOrAddDefault(places, tree, out bool exists);
            if (!exists)
            {
                inOrder.Add(found = []);
            }

            found!.Add(index);
        }

        return inOrder;
    }

    private ForeignNode[] Nodes(List<int> tree, Dictionary<(long Tree, long Node), double[]> leaves, int leafWidth)
    {
        lists ??= new OnnxNodeLists(this);
        Dictionary<long, int> places = [];
        foreach ((int place, int index) in tree.Index())
        {
            if (!places.TryAdd(lists.Ids[index], place))
            {
                throw ImportErrors.Invalid($"a tree has node {lists.Ids[index]} twice");
            }
        }

        return [.. tree.Select(index =>
        {
            if (lists.Modes[index] == "LEAF")
            {
                double[] values = leaves.GetValueOrDefault((lists.Trees[index], lists.Ids[index])) ?? new double[leafWidth];
                return new ForeignNode(-1, 0, 0, 0, false, values, 0, 0);
            }

            int yes = places.GetValueOrDefault(lists.True[index], -1);
            int no = places.GetValueOrDefault(lists.False[index], -1);
            return Decision(index, yes, no);
        })];
    }

    /// <summary>Ours go left up to the threshold, so that greater-than turns its sides round.</summary>
    private ForeignNode Decision(int index, int yes, int no)
    {
        string mode = lists!.Modes[index];
        double value = lists.Values[index];
        bool includes = mode is "BRANCH_LEQ" or "BRANCH_GT";
        double threshold = isDouble
            ? (includes ? value : double.BitDecrement(value))
            : (includes ? SingleThreshold.AtMost((float)value) : SingleThreshold.Below((float)value));
        int feature = (int)lists.Features[index];
        bool missingIsYes = lists.MissingTrue.Count > 0 && lists.MissingTrue[index] != 0;
        return mode switch
        {
            "BRANCH_LEQ" or "BRANCH_LT" => new ForeignNode(feature, threshold, yes, no, missingIsYes, [], 0, 0),
            "BRANCH_GT" or "BRANCH_GTE" => new ForeignNode(feature, threshold, no, yes, !missingIsYes, [], 0, 0),
            _ => throw ImportErrors.Unsupported($"a decision is of the kind '{mode}'"),
        };
    }

    private static double[] Values(TensorProto tensor)
    {
        if (tensor.DataType == (int)TensorProto.Types.DataType.Double)
        {
            return tensor.DoubleData.Count > 0 ? [.. tensor.DoubleData] : Raw<double>(tensor.RawData);
        }

        return tensor.DataType == (int)TensorProto.Types.DataType.Float
            ? tensor.FloatData.Count > 0 ? [.. tensor.FloatData.Select(value => (double)value)] : Array.ConvertAll(Raw<float>(tensor.RawData), value => (double)value)
            : throw ImportErrors.Unsupported($"a list of numbers is of type {tensor.DataType}");
    }

    /// <summary>Little-endian, as the format has it.</summary>
    private static T[] Raw<T>(ByteString bytes)
        where T : struct => bytes.Length % Marshal.SizeOf<T>() == 0
        ? MemoryMarshal.Cast<byte, T>(bytes.Span).ToArray()
        : throw ImportErrors.Invalid("a list of numbers is cut short");
}
