using Trainyard.Learning.Learners.Networks;

namespace Trainyard.Learning.Onnx;

/// <summary>Writes a network of dense layers as matrix products.</summary>
internal sealed class NetworkGraph(GraphWriter graph)
{
    /// <summary>The last layer's sums; of a regression, in the label's unit.</summary>
    /// <exception cref="LearningException"><c>onnx_unsupported</c>: the network reads sequences or tokens.</exception>
    public string Write(NetworkModel model, string matrix)
    {
        if (model.Shape.Input != NetworkInput.Row)
        {
            throw new LearningException("onnx_unsupported", $"'{model.Learner}' models are not exported to ONNX; of networks, those on rows are.");
        }

        NetworkScale scale = model.Scale;
        string values = graph.Add("Div", [graph.Add("Sub", [matrix, graph.Scalar(scale.InputMean)]), graph.Scalar(scale.InputDeviation)]);
        int width = model.FeatureCount;
        int start = 0;
        foreach (int units in model.Shape.Units)
        {
            values = Activated(model.Shape.Activation, Dense(model.Parameters.Slice(start, (width + 1) * units), width, units, values));
            start += (width + 1) * units;
            width = units;
        }

        string sums = Dense(model.Parameters[start..], width, model.OutputCount, values);
        return model.Shape.Head == NetworkHead.Softmax
            ? sums
            : graph.Add("Add", [graph.Add("Mul", [sums, graph.Scalar(scale.LabelDeviation)]), graph.Scalar(scale.LabelMean)]);
    }

    /// <summary>Weights lie unit by unit, then the biases; a matrix product wants them input by input.</summary>
    private string Dense(ReadOnlySpan<double> parameters, int inputs, int outputs, string values)
    {
        double[] weights = new double[inputs * outputs];
        for (int index = 0; index < weights.Length; index++)
        {
            weights[index] = parameters[(index % outputs * inputs) + (index / outputs)];
        }

        string product = graph.Add("MatMul", [values, graph.Constant(weights, inputs, outputs)]);
        return graph.Add("Add", [product, graph.Constant(parameters[weights.Length..].ToArray())]);
    }

    private string Activated(Activation activation, string sums) => activation switch
    {
        Activation.Relu => graph.Add("Max", [sums, graph.Scalar(0)]),
        Activation.Tanh => graph.Add("Tanh", [sums]),
        _ => sums,
    };
}
