namespace Trainyard.Learning.Tests.Fuzzing;

/// <summary>Reads what is not trusted and holds it to what readers promise.</summary>
/// <remarks>
/// What a reader does with a few kilobytes is bounded by what it allocates, which is the same on every machine; how many
/// milliseconds that takes is measured by the benchmark <c>fuzz</c>.
/// </remarks>
internal static class BoundedRead
{
    /// <summary>A file of some kilobytes must not make its reader allocate more than this.</summary>
    public const long MaximumBytes = 64L << 20;

    /// <summary>The model; null when a typed error says what is wrong.</summary>
    /// <param name="read">Reads the file.</param>
    /// <param name="isExpected">Whether a code is one of the reader's.</param>
    /// <param name="name">Says which file, should it fail.</param>
    public static T? Try<T>(Func<T> read, Predicate<string> isExpected, string name)
        where T : class
    {
        T? model = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            model = read();
        }
        catch (LearningException failure)
        {
            Assert.True(isExpected(failure.Code), $"{name}: {failure}");
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(bytes <= MaximumBytes, $"{name} allocates {bytes} bytes");
        return model;
    }

    /// <summary>The codes of model files.</summary>
    public static bool IsOfModelFile(string code) => code.StartsWith("model_file_", StringComparison.Ordinal) || code == "learner_unknown";
}
