using Trainyard.Learning.Binary;

namespace Trainyard.Learning.Text;

/// <summary>A model of the class of a text. Immutable and thread safe.</summary>
public interface ITextModel
{
    /// <summary>The name of the method that made it; selects the reader when it is loaded again.</summary>
    string Method { get; }

    /// <summary>The number of classes.</summary>
    int ClassCount { get; }

    /// <summary>The probability of each class; they sum to 1. A text of which no term is known has the probabilities of a text without terms.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="output">Receives <see cref="ClassCount"/> values.</param>
    void Predict(string text, Span<double> output);

    /// <summary>Writes what the reader of the same method needs to build an equal model.</summary>
    void Write(SectionWriter writer);
}
