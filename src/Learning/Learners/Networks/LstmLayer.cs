using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>A long short-term memory cell over a sequence; the output is its last hidden state.</summary>
/// <remarks>
/// Sources: Hochreiter and Schmidhuber, Long short-term memory, 1997; Gers, Schmidhuber and Cummins, Learning to forget, 2000
/// (the forget gate, whose bias begins at 1). Per step: i, f, o = σ(W [x; h] + b), g = tanh(W [x; h] + b), c = f c + i g,
/// h = o tanh(c). Parameters: W for the gates i, f, g, o by unit, each over x then h; then the biases in the same order.
/// </remarks>
/// <param name="width">Values per step; the input is the steps one after another.</param>
/// <param name="units">Values of the hidden state.</param>
/// <param name="maximumSteps">Steps of the longest sequence.</param>
internal sealed class LstmLayer(int width, int units, int maximumSteps) : ILayer
{
    private const int Gates = 4;

    /// <summary>Where the cell lies among what is kept per step: i, f, g, o, c.</summary>
    private const int Cell = 4;

    private readonly int joined = width + units;

    /// <summary>Values kept per step: x and the h before, then i, f, g, o, c.</summary>
    private int Kept => joined + ((Cell + 1) * units);

    public int Outputs => units;

    public int ParameterCount => checked(Gates * units * (joined + 1));

    public int PenalisedCount => Gates * units * joined;

    public int ScratchCount => Kept * maximumSteps;

    public void Initialize(Span<double> parameters, DeterministicRandom random)
    {
        double bound = Math.Sqrt(6.0 / (joined + units));
        foreach (ref double weight in parameters[..PenalisedCount])
        {
            weight = bound * ((2 * random.NextDouble()) - 1);
        }

        parameters[PenalisedCount..].Clear();
        parameters.Slice(PenalisedCount + units, units).Fill(1);
    }

    public void Forward(ReadOnlySpan<double> parameters, ReadOnlySpan<double> input, Span<double> output, Span<double> scratch)
    {
        output.Clear();
        for (int step = 0; step < input.Length / width; step++)
        {
            Span<double> kept = scratch.Slice(step * Kept, Kept);
            input.Slice(step * width, width).CopyTo(kept);
            output.CopyTo(kept[width..]);
            Span<double> gates = kept[joined..];
            Open(parameters, kept[..joined], gates);
            for (int unit = 0; unit < units; unit++)
            {
                double before = step == 0 ? 0 : scratch[((step - 1) * Kept) + joined + (Cell * units) + unit];
                double cell = (gates[units + unit] * before) + (gates[unit] * gates[(2 * units) + unit]);
                gates[(Cell * units) + unit] = cell;
                output[unit] = gates[(3 * units) + unit] * Math.Tanh(cell);
            }
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
        double[] cellSlopes = new double[units];
        double[] gateSlopes = new double[Gates * units];
        double[] joinedSlopes = new double[joined];
        outputSlopes.CopyTo(joinedSlopes.AsSpan(width));
        for (int step = (input.Length / width) - 1; step >= 0; step--)
        {
            ReadOnlySpan<double> kept = scratch.Slice(step * Kept, Kept);
            ReadOnlySpan<double> before = step == 0 ? default : scratch.Slice(((step - 1) * Kept) + joined + (Cell * units), units);
            Close(kept[joined..], before, joinedSlopes.AsSpan(width), cellSlopes, gateSlopes);
            joinedSlopes.AsSpan().Clear();
            for (int row = 0; row < gateSlopes.Length; row++)
            {
                Vectors.AddScaled(slopes.Slice(row * joined, joined), gateSlopes[row], kept[..joined]);
                Vectors.AddScaled(joinedSlopes, gateSlopes[row], parameters.Slice(row * joined, joined));
                slopes[PenalisedCount + row] += gateSlopes[row];
            }

            if (!inputSlopes.IsEmpty)
            {
                joinedSlopes.AsSpan(0, width).CopyTo(inputSlopes.Slice(step * width, width));
            }
        }
    }

    /// <summary>The values of the gates at one step.</summary>
    private void Open(ReadOnlySpan<double> parameters, ReadOnlySpan<double> joint, Span<double> gates)
    {
        for (int row = 0; row < Gates * units; row++)
        {
            double sum = Vectors.Dot(parameters.Slice(row * joined, joined), joint) + parameters[PenalisedCount + row];
            gates[row] = row / units == 2 ? Math.Tanh(sum) : Links.Sigmoid(sum);
        }
    }

    /// <summary>Passes derivatives by the hidden state and the cell back to the sums within the gates, and to the cell before.</summary>
    private void Close(ReadOnlySpan<double> gates, ReadOnlySpan<double> cellBefore, ReadOnlySpan<double> hiddenSlopes, Span<double> cellSlopes, Span<double> gateSlopes)
    {
        for (int unit = 0; unit < units; unit++)
        {
            (double enter, double forget) = (gates[unit], gates[units + unit]);
            (double candidate, double leave) = (gates[(2 * units) + unit], gates[(3 * units) + unit]);
            double pressed = Math.Tanh(gates[(Cell * units) + unit]);
            double before = cellBefore.IsEmpty ? 0 : cellBefore[unit];
            double cell = cellSlopes[unit] + (hiddenSlopes[unit] * leave * (1 - (pressed * pressed)));
            gateSlopes[unit] = cell * candidate * enter * (1 - enter);
            gateSlopes[units + unit] = cell * before * forget * (1 - forget);
            gateSlopes[(2 * units) + unit] = cell * enter * (1 - (candidate * candidate));
            gateSlopes[(3 * units) + unit] = hiddenSlopes[unit] * pressed * leave * (1 - leave);
            cellSlopes[unit] = cell * forget;
        }
    }
}
