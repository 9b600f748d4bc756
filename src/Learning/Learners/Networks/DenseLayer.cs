using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>Every output sees every input: y = f(W x + b). Parameters: W by output, then b.</summary>
/// <remarks>
/// First weights are uniform within ±sqrt(6 / (inputs + outputs)): Glorot and Bengio, Understanding the difficulty of training
/// deep feedforward neural networks, 2010; so are first biases, so that units of few inputs do not all bend at 0. A layer
/// without activation begins with zeros.
/// </remarks>
internal sealed class DenseLayer(int inputs, int outputs, Activation activation) : ILayer
{
    public int Outputs => outputs;

    public int ParameterCount => checked((inputs + 1) * outputs);

    public int PenalisedCount => inputs * outputs;

    public int ScratchCount => 0;

    public void Initialize(Span<double> parameters, DeterministicRandom random)
    {
        parameters.Clear();
        if (activation == Activation.Identity)
        {
            return;
        }

        double bound = Math.Sqrt(6.0 / (inputs + outputs));
        foreach (ref double weight in parameters)
        {
            weight = bound * ((2 * random.NextDouble()) - 1);
        }
    }

    public void Forward(ReadOnlySpan<double> parameters, ReadOnlySpan<double> input, Span<double> output, Span<double> scratch)
    {
        ReadOnlySpan<double> biases = parameters[PenalisedCount..];
        for (int unit = 0; unit < outputs; unit++)
        {
            double sum = Vectors.Dot(parameters.Slice(unit * inputs, inputs), input) + biases[unit];
            output[unit] = activation switch
            {
                Activation.Relu => Math.Max(sum, 0),
                Activation.Tanh => Math.Tanh(sum),
                _ => sum,
            };
        }
    }

    public void Backward(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> input,
        ReadOnlySpan<double> output,
        ReadOnlySpan<double> scratch,
        Span<double> outputSlopes,
        Span<double> inputSlopes,
        Span<double> slopes)
    {
        inputSlopes.Clear();
        Span<double> biasSlopes = slopes[PenalisedCount..];
        for (int unit = 0; unit < outputs; unit++)
        {
            double slope = outputSlopes[unit] * activation switch
            {
                Activation.Relu => output[unit] > 0 ? 1 : 0,
                Activation.Tanh => 1 - (output[unit] * output[unit]),
                _ => 1,
            };
            if (slope == 0)
            {
                continue;
            }

            Vectors.AddScaled(slopes.Slice(unit * inputs, inputs), slope, input);
            biasSlopes[unit] += slope;
            if (!inputSlopes.IsEmpty)
            {
                Vectors.AddScaled(inputSlopes, slope, parameters.Slice(unit * inputs, inputs));
            }
        }
    }
}
