using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Text;

/// <summary>Every method for texts by name, and the reader of its models. Thread safe.</summary>
public static class TextCatalog
{
    /// <summary>All methods, the simplest first.</summary>
    public static IReadOnlyList<ITextMethod> All { get; } = [new TextNaiveBayes(), new TextLogisticRegression(), new TextEmbedding()];

    /// <summary>Looks a method up by its exact name.</summary>
    /// <exception cref="LearningException"><c>text_method_unknown</c>, naming what is known.</exception>
    public static ITextMethod Get(string name) => All.FirstOrDefault(method => method.Name == name)
        ?? throw new LearningException("text_method_unknown", $"There is no method for texts '{name}'; known are {string.Join(", ", All.Select(method => method.Name))}.", "method");

    /// <summary>Reads a model that <see cref="ITextModel.Write"/> of the same method wrote. The bytes are not trusted.</summary>
    /// <exception cref="LearningException"><c>text_method_unknown</c>, <c>model_file_truncated</c> or <c>model_file_invalid</c>.</exception>
    public static ITextModel Read(string name, SectionReader reader)
    {
        ITextModel model = Get(name) is TextEmbedding ? EmbeddingTextModel.Read(reader) : LinearTextModel.Read(name, reader);
        reader.ExpectEnd();
        return model;
    }
}
