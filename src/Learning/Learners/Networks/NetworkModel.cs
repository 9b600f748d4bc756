using System.Buffers;
using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Learners.Networks;

/// <summary>A trained network over features.</summary>
internal sealed class NetworkModel : IModel
{
    private readonly NetworkShape shape;
    private readonly Network network;
    private readonly double[] parameters;
    private readonly NetworkScale scale;

    public NetworkModel(string learner, NetworkShape shape, double[] parameters, NetworkScale scale)
    {
        Learner = learner;
        this.shape = shape;
        this.parameters = parameters;
        this.scale = scale;
        network = shape.Build();
    }

    public string Learner { get; }

    public int FeatureCount => shape.Inputs;

    public int OutputCount => shape.Outputs;

    internal NetworkShape Shape => shape;

    internal ReadOnlySpan<double> Parameters => parameters;

    internal NetworkScale Scale => scale;

    public long WorkPerRow => (long)parameters.Length * (shape.Input == NetworkInput.Sequence ? shape.Inputs : 1);

    public void Predict(ReadOnlySpan<double> row, Span<double> output)
    {
        double[] workspace = ArrayPool<double>.Shared.Rent(network.TraceCount + row.Length);
        Span<double> input = workspace.AsSpan(0, row.Length);
        scale.Apply(row, input);
        Span<double> sums = network.Forward(parameters, input, workspace.AsSpan(row.Length, network.TraceCount));
        sums.CopyTo(output);
        ArrayPool<double>.Shared.Return(workspace);
        if (shape.Head == NetworkHead.Softmax)
        {
            Links.Softmax(output[..OutputCount]);
        }
        else
        {
            output[0] = scale.Label(output[0]);
        }
    }

    public void Write(SectionWriter writer)
    {
        shape.Write(writer);
        writer.WriteDouble(scale.InputMean);
        writer.WriteDouble(scale.InputDeviation);
        writer.WriteDouble(scale.LabelMean);
        writer.WriteDouble(scale.LabelDeviation);
        writer.WriteDoubles(parameters);
    }

    public static NetworkModel ReadRows(string learner, SectionReader reader) => Read(learner, NetworkInput.Row, reader);

    public static NetworkModel ReadSequences(string learner, SectionReader reader) => Read(learner, NetworkInput.Sequence, reader);

    private static NetworkModel Read(string learner, NetworkInput input, SectionReader reader)
    {
        NetworkShape layers = NetworkShape.Read(reader);
        NetworkScale taken = new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        double[] numbers = reader.ReadFiniteDoubles("parameters", layers.Build().ParameterCount);
        return layers.Input == input && taken.IsSound
            ? new NetworkModel(learner, layers, numbers, taken)
            : throw reader.Invalid("its scales must be finite and above 0, and its input what its learner makes");
    }
}
