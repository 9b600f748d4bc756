using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Text;

/// <summary>A weight per term and class: logistic regression, or naive Bayes.</summary>
/// <param name="method">The name of the method that made it.</param>
/// <param name="vectorizer">How texts become rows.</param>
/// <param name="slopes">Term weights of each score, one score after another.</param>
/// <param name="intercepts">One per score: one score for two classes by log-odds, else one per class.</param>
internal sealed class LinearTextModel(string method, TextVectorizer vectorizer, double[] slopes, double[] intercepts) : ITextModel
{
    private const int MaximumClasses = 100_000;

    public string Method => method;

    public int ClassCount => Math.Max(2, intercepts.Length);

    public void Predict(string text, Span<double> output)
    {
        SparseRow row = vectorizer.Transform(text);
        for (int score = 0; score < intercepts.Length; score++)
        {
            output[score] = intercepts[score] + row.Dot(slopes.AsSpan(score * vectorizer.TermCount, vectorizer.TermCount));
        }

        if (intercepts.Length == 1)
        {
            Links.Logistic(output[0], output);
        }
        else
        {
            Links.Softmax(output[..intercepts.Length]);
        }
    }

    public void Write(SectionWriter writer)
    {
        vectorizer.Write(writer);
        writer.WriteDoubles(intercepts);
        writer.WriteDoubles(slopes);
    }

    public static LinearTextModel Read(string method, SectionReader reader)
    {
        TextVectorizer terms = TextVectorizer.Read(reader);
        double[] constants = reader.ReadDoubles();
        if (constants.Length is 0 or > MaximumClasses || !Array.TrueForAll(constants, double.IsFinite) || (long)constants.Length * terms.TermCount > int.MaxValue)
        {
            throw reader.Invalid("there must be a finite intercept per score");
        }

        return new LinearTextModel(method, terms, reader.ReadFiniteDoubles("term weights", constants.Length * terms.TermCount), constants);
    }
}
