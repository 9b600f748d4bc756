using System.Globalization;
using Google.Protobuf;

namespace Trainyard.Learning.Onnx;

/// <summary>Adds nodes to a graph, one after the other, and names what they make.</summary>
/// <param name="taken">Names of inputs, which nothing else may have.</param>
internal sealed class GraphWriter(IEnumerable<string> taken)
{
    /// <summary>The domain of the operators for classical models.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    private readonly Dictionary<string, string> scalars = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(taken, StringComparer.Ordinal);

    public GraphProto Graph { get; } = new() { Name = "model" };

    /// <summary>Adds an operator of the standard set with one output; returns the output's name.</summary>
    public string Add(string type, string[] inputs, params AttributeProto[] attributes) => Add(string.Empty, type, inputs, attributes);

    /// <summary>Adds an operator with one output; returns the output's name.</summary>
    public string Add(string domain, string type, string[] inputs, params AttributeProto[] attributes)
    {
        string output = NextName(type.ToLowerInvariant());
        NodeProto node = new() { OpType = type, Name = output, Domain = domain };
        node.Input.Add(inputs);
        node.Output.Add(output);
        node.Attribute.Add(attributes);
        Graph.Node.Add(node);
        return output;
    }

    /// <summary>Gives a value a name that callers see: the one wanted, followed by as many underscores as it takes to differ from the inputs'.</summary>
    public string Name(string value, string wanted)
    {
        string name = wanted;
        while (!names.Add(name))
        {
            name += "_";
        }

        NodeProto node = new() { OpType = "Identity", Name = name };
        node.Input.Add(value);
        node.Output.Add(name);
        Graph.Node.Add(node);
        return name;
    }

    /// <summary>A number that is added once, however often it is used.</summary>
    public string Scalar(double value)
    {
        string key = value.ToString("R", CultureInfo.InvariantCulture);
        if (!scalars.TryGetValue(key, out string? name))
        {
            name = Constant([value]);
            scalars.Add(key, name);
        }

        return name;
    }

    /// <summary>Constant numbers of a shape; a row when no shape is given.</summary>
    public string Constant(IReadOnlyList<double> values, params long[] shape)
    {
        TensorProto tensor = Tensor(values, shape.Length == 0 ? [values.Count] : shape);
        tensor.Name = NextName("constant");
        Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Constant whole numbers.</summary>
    public string Constant(IReadOnlyList<long> values)
    {
        TensorProto tensor = new() { DataType = (int)TensorProto.Types.DataType.Int64, Name = NextName("constant") };
        tensor.Dims.Add(values.Count);
        tensor.Int64Data.Add(values);
        Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Constant texts.</summary>
    public string Constant(IReadOnlyList<string> values)
    {
        TensorProto tensor = new() { DataType = (int)TensorProto.Types.DataType.String, Name = NextName("constant") };
        tensor.Dims.Add(values.Count);
        tensor.StringData.Add(values.Select(ByteString.CopyFromUtf8));
        Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Values side by side.</summary>
    public string Concat(IReadOnlyList<string> values) =>
        values.Count == 1 ? values[0] : Add("Concat", [.. values], Attributes.Of("axis", 1));

    /// <summary>True and false, or whole numbers, as doubles.</summary>
    public string ToDouble(string value) => Add("Cast", [value], Attributes.Of("to", (int)TensorProto.Types.DataType.Double));

    public static TensorProto Tensor(IReadOnlyList<double> values, params long[] shape)
    {
        TensorProto tensor = new() { DataType = (int)TensorProto.Types.DataType.Double };
        tensor.Dims.Add(shape);
        tensor.DoubleData.Add(values);
        return tensor;
    }

    private string NextName(string kind)
    {
        for (int number = names.Count; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"_{kind}_{number}");
            if (names.Add(name))
            {
                return name;
            }
        }
    }
}
