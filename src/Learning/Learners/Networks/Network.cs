namespace Trainyard.Learning.Learners.Networks;

/// <summary>Layers one after another, with a loss at the end. Holds sizes only; thread safe.</summary>
internal sealed class Network
{
    private readonly ILayer[] layers;
    private readonly int[] parameterStarts;
    private readonly int[] outputStarts;
    private readonly int[] scratchStarts;

    public Network(NetworkHead head, params ILayer[] layers)
    {
        Head = head;
        this.layers = layers;
        parameterStarts = Starts(layer => layer.ParameterCount);
        outputStarts = Starts(layer => layer.Outputs);
        scratchStarts = Starts(layer => layer.ScratchCount);
    }

    public NetworkHead Head { get; }

    public IReadOnlyList<ILayer> Layers => layers;

    public int OutputCount => layers[^1].Outputs;

    public int ParameterCount => parameterStarts[^1];

    /// <summary>Values that a pass leaves behind: the outputs of every layer, their derivatives, then what layers keep.</summary>
    public int TraceCount => (2 * outputStarts[^1]) + scratchStarts[^1];

    /// <summary>The parameters of one layer.</summary>
    public Range ParametersOf(int layer) => parameterStarts[layer]..parameterStarts[layer + 1];

    /// <summary>Computes the sums of the last layer.</summary>
    /// <param name="parameters">Of all layers.</param>
    /// <param name="input">A row.</param>
    /// <param name="trace">At least <see cref="TraceCount"/> values, overwritten.</param>
    /// <returns>The part of the trace that holds the sums.</returns>
    public Span<double> Forward(ReadOnlySpan<double> parameters, ReadOnlySpan<double> input, Span<double> trace)
    {
        ReadOnlySpan<double> from = input;
        for (int layer = 0; layer < layers.Length; layer++)
        {
            Span<double> output = Output(trace, layer);
            layers[layer].Forward(parameters[ParametersOf(layer)], from, output, Scratch(trace, layer));
            from = output;
        }

        return Output(trace, layers.Length - 1);
    }

    /// <summary>The loss of a row, -ln p(label) or ½ (y - ŷ)²; its derivatives are added to <paramref name="slopes"/>.</summary>
    /// <param name="parameters">Of all layers.</param>
    /// <param name="input">A row.</param>
    /// <param name="label">The class, or the value.</param>
    /// <param name="weight">What loss and derivatives are multiplied by.</param>
    /// <param name="trace">At least <see cref="TraceCount"/> values, overwritten.</param>
    /// <param name="slopes">A derivative per parameter; empty for the loss alone.</param>
    public double Loss(ReadOnlySpan<double> parameters, ReadOnlySpan<double> input, double label, double weight, Span<double> trace, Span<double> slopes)
    {
        Span<double> sums = Forward(parameters, input, trace);
        double loss = Head == NetworkHead.Softmax
            ? Links.LogSumExp(sums) - sums[(int)label]
            : 0.5 * (sums[0] - label) * (sums[0] - label);
        if (!slopes.IsEmpty)
        {
            Backward(parameters, input, label, weight, trace, slopes);
        }

        return weight * loss;
    }

    private void Backward(ReadOnlySpan<double> parameters, ReadOnlySpan<double> input, double label, double weight, Span<double> trace, Span<double> slopes)
    {
        Span<double> last = OutputSlopes(trace, layers.Length - 1);
        Output(trace, layers.Length - 1).CopyTo(last);
        if (Head == NetworkHead.Softmax)
        {
            Links.Softmax(last);
            last[(int)label] -= 1;
        }
        else
        {
            last[0] -= label;
        }

        foreach (ref double slope in last)
        {
            slope *= weight;
        }

        for (int layer = layers.Length - 1; layer >= 0; layer--)
        {
            ReadOnlySpan<double> from = layer == 0 ? input : Output(trace, layer - 1);
            Span<double> inputSlopes = layer == 0 ? default : OutputSlopes(trace, layer - 1);
            layers[layer].Backward(parameters[ParametersOf(layer)], from, Output(trace, layer), Scratch(trace, layer), OutputSlopes(trace, layer), inputSlopes, slopes[ParametersOf(layer)]);
        }
    }

    private Span<double> Output(Span<double> trace, int layer) => trace[outputStarts[layer]..outputStarts[layer + 1]];

    private Span<double> OutputSlopes(Span<double> trace, int layer) => Output(trace[outputStarts[^1]..], layer);

    private Span<double> Scratch(Span<double> trace, int layer) => trace[(2 * outputStarts[^1])..][scratchStarts[layer]..scratchStarts[layer + 1]];

    private int[] Starts(Func<ILayer, int> count)
    {
        int[] starts = new int[layers.Length + 1];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            starts[layer + 1] = checked(starts[layer] + count(layers[layer]));
        }

        return starts;
    }
}
