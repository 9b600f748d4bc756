namespace Trainyard.Learning.Import;

/// <summary>The errors of every importer.</summary>
internal static class ImportErrors
{
    /// <summary>The file contradicts itself, or is none of the kind.</summary>
    public static LearningException Invalid(string what, Exception? cause = null) =>
        new("model_import_invalid", $"The model file cannot be read: {what}.", inner: cause);

    /// <summary>The file is sound, but asks for what this library does not do.</summary>
    public static LearningException Unsupported(string what) => new("model_import_unsupported", $"The model file cannot be used: {what}.");

    /// <exception cref="LearningException"><c>model_file_too_large</c>.</exception>
    public static void CheckLength(int length, ImportOptions options)
    {
        if (length > options.MaximumBytes)
        {
            throw new LearningException("model_file_too_large", $"The model file is larger than {options.MaximumBytes} bytes.");
        }
    }
}
