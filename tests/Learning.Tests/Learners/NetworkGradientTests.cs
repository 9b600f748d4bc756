using Trainyard.Learning.Learners.Networks;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

/// <summary>Derivatives against central differences of the loss.</summary>
public class NetworkGradientTests
{
    private const ulong Seed = 5;
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    public void Loss_OfDenseLayers_HasTheseSlopes(int activation, int outputs)
    {
        NetworkHead head = outputs == 1 ? NetworkHead.Identity : NetworkHead.Softmax;
        NetworkShape shape = new(NetworkInput.Row, 4, [6, 5], (Activation)activation, outputs, head);
        Check(shape, [0.3, -1.2, 0.7, 2.1], outputs == 1 ? 0.4 : 2);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void Loss_OfAnEmbeddingBag_HasTheseSlopes(int outputs) =>
        Check(new NetworkShape(NetworkInput.Bag, 7, [3], Activation.Tanh, outputs, outputs == 1 ? NetworkHead.Identity : NetworkHead.Softmax), [2, 5, 2, 6], outputs == 1 ? -1 : 0);

    [Fact]
    public void Loss_OfNoTokens_HasSlopesByTheBiasesAlone() =>
        Check(new NetworkShape(NetworkInput.Bag, 7, [3], Activation.Tanh, 2, NetworkHead.Softmax), [], 1);

    [Theory]
    [InlineData(1, 3)]
    [InlineData(6, 3)]
    [InlineData(6, 1)]
    public void Loss_OfALongShortTermMemory_HasTheseSlopes(int steps, int outputs)
    {
        double[] sequence = [.. new[] { 0.5, -0.3, 1.4, 0.1, -2.2, 0.8 }.Take(steps)];
        Check(new NetworkShape(NetworkInput.Sequence, steps, [4], Activation.Tanh, outputs, outputs == 1 ? NetworkHead.Identity : NetworkHead.Softmax), sequence, outputs == 1 ? 0.7 : 1);
    }

    [Fact]
    public void Backward_OfALongShortTermMemoryOfWideSteps_PassesSlopesToItsInput()
    {
        LstmLayer layer = new(width: 2, units: 3, maximumSteps: 4);
        DeterministicRandom random = new(Seed);
        double[] parameters = Drawn(layer.ParameterCount, random);
        double[] input = Drawn(8, random);
        double[] slopes = new double[8];
        double[] scratch = new double[layer.ScratchCount];
        double[] output = new double[3];
        layer.Forward(parameters, input, output, scratch);
        layer.Backward(parameters, input, output, scratch, [1, 1, 1], slopes, new double[layer.ParameterCount]);
        AssertSlopes(input, slopes, () =>
        {
            layer.Forward(parameters, input, output, scratch);
            return output.Sum();
        });
    }

    private static void Check(NetworkShape shape, double[] row, double label)
    {
        Network network = shape.Build();

        // Drawn, not as layers begin: no parameter is 0, and no unit rests.
        double[] parameters = Drawn(network.ParameterCount, new DeterministicRandom(Seed));
        double[] slopes = new double[parameters.Length];
        double[] trace = new double[network.TraceCount];
        network.Loss(parameters, row, label, 1.7, trace, slopes);
        AssertSlopes(parameters, slopes, () => network.Loss(parameters, row, label, 1.7, trace, []));
    }

    private static void AssertSlopes(double[] point, double[] slopes, Func<double> loss)
    {
        double scale = slopes.Max(Math.Abs);
        for (int index = 0; index < point.Length; index++)
        {
            const double Shift = 1e-5;
            double kept = point[index];
            point[index] = kept + Shift;
            double above = loss();
            point[index] = kept - Shift;
            double below = loss();
            point[index] = kept;
            Assert.Equal((above - below) / (2 * Shift), slopes[index], Tolerance * scale);
        }
    }

    private static double[] Drawn(int count, DeterministicRandom random) => [.. Enumerable.Range(0, count).Select(_ => 0.6 * random.NextGaussian())];
}
