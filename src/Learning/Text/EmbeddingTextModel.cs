using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Networks;

namespace Trainyard.Learning.Text;

/// <summary>A trained embedding bag.</summary>
internal sealed class EmbeddingTextModel : ITextModel
{
    private readonly TextVectorizer vectorizer;
    private readonly NetworkShape shape;
    private readonly Network network;
    private readonly double[] parameters;

    public EmbeddingTextModel(TextVectorizer vectorizer, NetworkShape shape, double[] parameters)
    {
        this.vectorizer = vectorizer;
        this.shape = shape;
        this.parameters = parameters;
        network = shape.Build();
    }

    public string Method => TextEmbedding.MethodName;

    public int ClassCount => shape.Outputs;

    public void Predict(string text, Span<double> output)
    {
        Span<double> sums = network.Forward(parameters, TextEmbedding.Tokens(vectorizer, text), new double[network.TraceCount]);
        sums.CopyTo(output);
        Links.Softmax(output[..ClassCount]);
    }

    public void Write(SectionWriter writer)
    {
        vectorizer.Write(writer);
        shape.Write(writer);
        writer.WriteDoubles(parameters);
    }

    public static EmbeddingTextModel Read(SectionReader reader)
    {
        TextVectorizer terms = TextVectorizer.Read(reader);
        NetworkShape layers = NetworkShape.Read(reader);
        double[] numbers = reader.ReadFiniteDoubles("parameters", layers.Build().ParameterCount);
        return layers is { Input: NetworkInput.Bag, Head: NetworkHead.Softmax } && layers.Inputs == terms.TermCount
            ? new EmbeddingTextModel(terms, layers, numbers)
            : throw reader.Invalid("its network does not take its terms");
    }
}
