using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners.Dense;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Text;

/// <summary>Turns texts into rows of term weights. Immutable and thread safe.</summary>
/// <remarks>
/// A term that is in d of n texts weighs ln((1 + n) / (1 + d)) + 1, as scikit-learn's TfidfVectorizer smooths it. Hashing as in
/// Weinberger et al., Feature hashing for large scale multitask learning, 2009, without signs.
/// </remarks>
internal sealed class TextVectorizer
{
    private readonly VectorizerSettings settings;
    private readonly TextWeighing weighing;
    private readonly string[] terms;
    private readonly double[] rarities;
    private readonly Dictionary<string, int> columns;

    private TextVectorizer(VectorizerSettings settings, TextWeighing weighing, string[] terms, double[] rarities)
    {
        this.settings = settings;
        this.weighing = weighing;
        this.terms = terms;
        this.rarities = rarities;
        columns = new Dictionary<string, int>(terms.Length, StringComparer.Ordinal);
        for (int column = 0; column < terms.Length; column++)
        {
            columns[terms[column]] = column;
        }
    }

    /// <summary>The number of columns.</summary>
    public int TermCount => rarities.Length;

    /// <summary>The terms by column, in ordinal order; empty when they are hashed.</summary>
    public IReadOnlyList<string> Terms => terms;

    /// <summary>Chooses terms.</summary>
    /// <exception cref="LearningException"><c>text_without_terms</c> when none is left.</exception>
    public static TextVectorizer Fit(IReadOnlyList<string> texts, VectorizerSettings settings, TextWeighing weighing, CancellationToken cancellationToken)
    {
        TermCounts counts = new();
        foreach (string text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            counts.Add(settings.HashBits > 0 ? [] : TextTerms.Of(text, settings.LongestRun));
        }

        string[] chosen = counts.Choose(settings.LeastTexts, settings.MaximumTerms, cancellationToken);
        if (settings.HashBits == 0 && chosen.Length == 0)
        {
            throw new LearningException("text_without_terms", $"No term is in {settings.LeastTexts} of the {texts.Count} texts. Words have two or more letters or digits; lower 'min_documents', or is this the column of texts?", VectorizerSettings.LeastTextsParameter.Name);
        }

        double[] weights = settings.HashBits > 0
            ? HashedRarities(texts, settings, cancellationToken)
            : Array.ConvertAll(chosen, term => Rarity(texts.Count, counts.TextsWith(term)));
        return new TextVectorizer(settings, weighing, chosen, weights);
    }

    /// <summary>The columns of a text's terms, each as often as it is there, in the order of the text; unknown terms are left out.</summary>
    public IEnumerable<int> Columns(string text)
    {
        foreach (string term in TextTerms.Of(text, settings.LongestRun))
        {
            if (settings.HashBits > 0)
            {
                yield return Place(term, settings.HashBits);
            }
            else if (columns.TryGetValue(term, out int column))
            {
                yield return column;
            }
        }
    }

    /// <summary>The row of a text.</summary>
    public SparseRow Transform(string text)
    {
        int[] all = [.. Columns(text)];
        Array.Sort(all);
        List<int> distinct = [];
        List<double> values = [];
        for (int index = 0; index < all.Length; index++)
        {
            if (index > 0 && all[index] == all[index - 1])
            {
                values[^1]++;
            }
            else
            {
                distinct.Add(all[index]);
                values.Add(1);
            }
        }

        SparseRow row = new([.. distinct], [.. values]);
        if (weighing == TextWeighing.TfIdf)
        {
            Weigh(row);
        }

        return row;
    }

    public void Write(SectionWriter writer)
    {
        writer.WriteInt32((int)weighing);
        writer.WriteInt32(settings.LongestRun);
        writer.WriteInt32(settings.HashBits);
        writer.WriteInt32(settings.IsSublinear ? 1 : 0);
        writer.WriteDoubles(rarities);
        if (settings.HashBits == 0)
        {
            foreach (string term in terms)
            {
                writer.WriteString(term);
            }
        }
    }

    public static TextVectorizer Read(SectionReader reader)
    {
        TextWeighing kind = (TextWeighing)reader.ReadInt32("weighing", (int)TextWeighing.Counts, (int)TextWeighing.TfIdf);
        int run = reader.ReadInt32("longest run", 1, VectorizerSettings.MaximumRun);
        int bits = reader.ReadInt32("hash bits", 0, VectorizerSettings.MaximumHashBits);
        bool sublinear = reader.ReadInt32("sublinear", 0, 1) == 1;
        double[] weights = reader.ReadDoubles();
        if (weights.Length == 0 || !Array.TrueForAll(weights, weight => double.IsFinite(weight) && weight > 0) || (bits > 0 && weights.Length != 1 << bits))
        {
            throw reader.Invalid("there must be a finite weight above 0 per term");
        }

        string[] known = new string[bits > 0 ? 0 : weights.Length];
        for (int column = 0; column < known.Length; column++)
        {
            known[column] = reader.ReadString();
            if (column > 0 && string.CompareOrdinal(known[column - 1], known[column]) >= 0)
            {
                throw reader.Invalid("its terms must be in order, each once");
            }
        }

        return new TextVectorizer(new VectorizerSettings(run, 1, Math.Max(1, known.Length), bits, sublinear), kind, known, weights);
    }

    private void Weigh(SparseRow row)
    {
        double squares = 0;
        for (int index = 0; index < row.Columns.Length; index++)
        {
            double count = settings.IsSublinear ? 1 + Math.Log(row.Values[index]) : row.Values[index];
            row.Values[index] = count * rarities[row.Columns[index]];
            squares += row.Values[index] * row.Values[index];
        }

        double length = Math.Sqrt(squares);
        for (int index = 0; index < row.Values.Length; index++)
        {
            row.Values[index] /= length;
        }
    }

    private static double[] HashedRarities(IReadOnlyList<string> texts, VectorizerSettings settings, CancellationToken cancellationToken)
    {
        int[] textsWith = new int[1 << settings.HashBits];
        foreach (string text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (int place in TextTerms.Of(text, settings.LongestRun).Select(term => Place(term, settings.HashBits)).Distinct())
            {
                textsWith[place]++;
            }
        }

        return Array.ConvertAll(textsWith, count => Rarity(texts.Count, count));
    }

    private static int Place(string term, int bits) => (int)(StableHash.Of(term) & ((1UL << bits) - 1));

    private static double Rarity(int texts, int textsWith) => Math.Log((1.0 + texts) / (1.0 + textsWith)) + 1;
}
