using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>Everything about a network but its parameters.</summary>
/// <param name="Input">What the first layer takes.</param>
/// <param name="Inputs">Values per row, steps at most, or tokens there are.</param>
/// <param name="Units">Outputs of each hidden layer; of a sequence's cell or a bag's embedding exactly one.</param>
/// <param name="Activation">What hidden units of rows do to their sums.</param>
/// <param name="Outputs">Classes, or 1.</param>
/// <param name="Head">What the last sums mean.</param>
internal sealed record NetworkShape(NetworkInput Input, int Inputs, IReadOnlyList<int> Units, Activation Activation, int Outputs, NetworkHead Head)
{
    private const int MaximumLayers = 8;
    private const int MaximumUnits = 4096;
    private const int MaximumOutputs = 100_000;
    private const long MaximumScratch = 1L << 28;

    /// <summary>The layers.</summary>
    public Network Build()
    {
        List<ILayer> layers = [];
        int width = Inputs;
        foreach (int units in Units)
        {
            layers.Add(Input switch
            {
                NetworkInput.Sequence => new LstmLayer(1, units, Inputs),
                NetworkInput.Bag => new EmbeddingBagLayer(Inputs, units),
                _ => new DenseLayer(width, units, Activation),
            });
            width = units;
        }

        layers.Add(new DenseLayer(width, Outputs, Activation.Identity));
        return new Network(Head, [.. layers]);
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32((int)Input);
        writer.WriteInt32(Inputs);
        writer.WriteInt32s([.. Units]);
        writer.WriteInt32((int)Activation);
        writer.WriteInt32(Outputs);
        writer.WriteInt32((int)Head);
    }

    public static NetworkShape Read(SectionReader reader)
    {
        NetworkInput input = (NetworkInput)reader.ReadInt32("input", (int)NetworkInput.Row, (int)NetworkInput.Bag);
        int inputs = reader.ReadInt32("inputs", 0, int.MaxValue);
        int[] units = reader.ReadInt32s();
        Activation activation = (Activation)reader.ReadInt32("activation", (int)Activation.Relu, (int)Activation.Identity);
        int outputs = reader.ReadInt32("outputs", 1, MaximumOutputs);
        NetworkHead head = (NetworkHead)reader.ReadInt32("head", (int)NetworkHead.Softmax, (int)NetworkHead.Identity);
        bool counts = units.Length <= MaximumLayers && (input == NetworkInput.Row || units.Length == 1);
        NetworkShape shape = new(input, inputs, units, activation, outputs, head);
        return counts && Array.TrueForAll(units, count => count is >= 1 and <= MaximumUnits) && shape.ScratchFits && shape.LongParameterCount <= reader.Remaining / sizeof(double) && (head == NetworkHead.Softmax || outputs == 1)
            ? shape
            : throw reader.Invalid("its layers are not those of a network whose parameters follow");
    }

    /// <summary>Refuses what could not be read back.</summary>
    /// <exception cref="LearningException"><c>too_many_features</c>.</exception>
    public void CheckSize()
    {
        if (!ScratchFits)
        {
            throw new LearningException("too_many_features", $"A sequence of {Inputs} steps through {Units[0]} units leaves more than {MaximumScratch} numbers behind. Leave out columns, or lower 'units'.", "units");
        }
    }

    /// <summary>What a sequence leaves behind must fit an array.</summary>
    private bool ScratchFits => Input != NetworkInput.Sequence || Inputs * ((6L * Units[0]) + 1) <= MaximumScratch;

    /// <summary>As <see cref="Network.ParameterCount"/>, before it is known to be small.</summary>
    public long LongParameterCount
    {
        get
        {
            long count = 0;
            long width = Inputs;
            foreach (int units in Units)
            {
                count += Input switch
                {
                    NetworkInput.Sequence => 4L * units * (units + 2),
                    NetworkInput.Bag => width * units,
                    _ => (width + 1) * units,
                };
                width = units;
            }

            return count + ((width + 1) * Outputs);
        }
    }
}
