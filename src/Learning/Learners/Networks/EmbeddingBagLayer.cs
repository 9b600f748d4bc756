using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>The mean of the vectors of the tokens in a row; 0 of no tokens. The input is a list of token numbers of any length.</summary>
/// <remarks>
/// Source: Joulin, Grave, Bojanowski and Mikolov, Bag of tricks for efficient text classification, 2016. First values are
/// uniform within ±1 / width, as there.
/// </remarks>
/// <param name="tokens">Token numbers run from 0 to this, exclusive.</param>
/// <param name="width">Values per token.</param>
internal sealed class EmbeddingBagLayer(int tokens, int width) : ILayer
{
    public int Outputs => width;

    public int ParameterCount => checked(tokens * width);

    public int PenalisedCount => 0;

    public int ScratchCount => 0;

    public void Initialize(Span<double> parameters, DeterministicRandom random)
    {
        foreach (ref double value in parameters)
        {
            value = ((2 * random.NextDouble()) - 1) / width;
        }
    }

    public void Forward(ReadOnlySpan<double> parameters, ReadOnlySpan<double> input, Span<double> output, Span<double> scratch)
    {
        output.Clear();
        foreach (double token in input)
        {
            Vectors.AddScaled(output, 1.0 / input.Length, parameters.Slice((int)token * width, width));
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
        // Token numbers are names, not quantities: nothing varies with them.
        inputSlopes.Clear();
        foreach (double token in input)
        {
            Vectors.AddScaled(slopes.Slice((int)token * width, width), 1.0 / input.Length, outputSlopes);
        }
    }
}
