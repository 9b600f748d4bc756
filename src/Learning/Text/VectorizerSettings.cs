using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Text;

/// <summary>Which terms count, and the hyper-parameters that say so.</summary>
internal sealed record VectorizerSettings(int LongestRun, int LeastTexts, int MaximumTerms, int HashBits, bool IsSublinear)
{
    public const int MaximumRun = 5;
    public const int MaximumHashBits = 22;
    public const int MaximumTermCount = 5_000_000;

    public static readonly HyperParameter LongestRunParameter = new("max_ngram", 1, 1, MaximumRun, "Words of the longest run that counts as a term (default: scikit-learn's).") { IsInteger = true };
    public static readonly HyperParameter LeastTextsParameter = new("min_documents", 1, 1, 1_000_000, "Texts that a term must be in (default: scikit-learn's min_df).") { IsInteger = true };
    public static readonly HyperParameter MaximumTermsParameter = new("max_terms", 50_000, 1, MaximumTermCount, "Terms to keep at most, those that are there most often (default: 100 classes in under a gigabyte).") { IsInteger = true, IsLogarithmic = true };
    public static readonly HyperParameter HashBitsParameter = new("hash_bits", 0, 0, MaximumHashBits, "0 keeps a vocabulary; from 8 on, terms are hashed into 2 to this power places instead, and none are kept (default: 0).") { IsInteger = true };
    public static readonly HyperParameter SublinearParameter = new("sublinear", 0, 0, 1, "1 counts a term that is there n times as 1 + ln n (default: scikit-learn's 0).") { IsInteger = true };

    /// <summary>Those that choose terms.</summary>
    public static IReadOnlyList<HyperParameter> Terms { get; } = [LongestRunParameter, LeastTextsParameter, MaximumTermsParameter];

    public static VectorizerSettings From(LearnerSettings settings)
    {
        const int leastHashBits = 8;
        int bits = (int)settings.Get(HashBitsParameter);
        if (bits is > 0 and < leastHashBits)
        {
            throw new LearningException("setting_out_of_range", $"Setting '{HashBitsParameter.Name}' is {bits}; it must be 0, or a whole number from {leastHashBits} to {MaximumHashBits}.", HashBitsParameter.Name);
        }

        return new VectorizerSettings(
            (int)settings.Get(LongestRunParameter),
            (int)settings.Get(LeastTextsParameter),
            (int)settings.Get(MaximumTermsParameter),
            bits,
            settings.Get(SublinearParameter) != 0);
    }
}
