using System.Runtime.InteropServices;

namespace Trainyard.Learning.Text;

/// <summary>How often terms are there, and in how many texts. Mutable.</summary>
internal sealed class TermCounts
{
    private readonly Dictionary<string, (int Count, int Texts, int LastText)> counts = new(StringComparer.Ordinal);
    private int texts;

    /// <summary>Counts the terms of one more text.</summary>
    public void Add(IEnumerable<string> terms)
    {
        texts++;
        foreach (string term in terms)
        {
            ref (int Count, int Texts, int LastText) entry = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _);
            entry = (entry.Count + 1, entry.LastText == texts ? entry.Texts : entry.Texts + 1, texts);
        }
    }

    /// <summary>The number of texts with a term that was counted.</summary>
    public int TextsWith(string term) => counts[term].Texts;

    /// <summary>The terms in enough texts, the most frequent ones if they are too many (of equals the first), in ordinal order.</summary>
    public string[] Choose(int leastTexts, int maximumTerms, CancellationToken cancellationToken = default)
    {
        OrdinalOrder order = new(cancellationToken);
        return
        [
            .. counts.Where(entry => entry.Value.Texts >= leastTexts)
                .OrderByDescending(entry => entry.Value.Count)
                .ThenBy(entry => entry.Key, order)
                .Take(maximumTerms)
                .Select(entry => entry.Key)
                .Order(order),
        ];
    }

    /// <summary>Sorting millions of terms takes seconds, so that the order itself must look at the token.</summary>
    private sealed class OrdinalOrder(CancellationToken cancellationToken) : IComparer<string>
    {
        public int Compare(string? x, string? y)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return string.CompareOrdinal(x, y);
        }
    }
}
