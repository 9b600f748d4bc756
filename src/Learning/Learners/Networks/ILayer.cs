using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>One step of a network, from an input row to an output row. Holds sizes only; thread safe.</summary>
internal interface ILayer
{
    /// <summary>Values per output row.</summary>
    int Outputs { get; }

    /// <summary>Numbers to learn.</summary>
    int ParameterCount { get; }

    /// <summary>How many of them, the first ones, the penalty on large weights applies to.</summary>
    int PenalisedCount { get; }

    /// <summary>Values that <see cref="Forward"/> leaves behind for <see cref="Backward"/>.</summary>
    int ScratchCount { get; }

    /// <summary>Draws first values.</summary>
    void Initialize(Span<double> parameters, DeterministicRandom random);

    /// <summary>Computes the output.</summary>
    void Forward(ReadOnlySpan<double> parameters, ReadOnlySpan<double> input, Span<double> output, Span<double> scratch);

    /// <summary>Passes derivatives of the loss back; to be called after <see cref="Forward"/> with the same values.</summary>
    /// <param name="parameters">As they were.</param>
    /// <param name="input">As it was.</param>
    /// <param name="output">What came of it.</param>
    /// <param name="scratch">What it left behind.</param>
    /// <param name="outputSlopes">Derivatives by the output; overwritten.</param>
    /// <param name="inputSlopes">Receives derivatives by the input; empty when nobody asks.</param>
    /// <param name="slopes">Derivatives by the parameters, which are added.</param>
    void Backward(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> input,
        ReadOnlySpan<double> output,
        ReadOnlySpan<double> scratch,
        Span<double> outputSlopes,
        Span<double> inputSlopes,
        Span<double> slopes);
}
