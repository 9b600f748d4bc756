namespace Trainyard.Domain.Serving;

/// <summary>The words and bounds of the options of a request for predictions.</summary>
public static class PredictWords
{
    /// <summary>What cannot be used is refused, and the whole request with it: the default.</summary>
    public const string Refuse = "refuse";

    /// <summary>Columns that the model does not have are passed over, and named in the answer.</summary>
    public const string Ignore = "ignore";

    /// <summary>A row that cannot be predicted is answered with its error, beside the others.</summary>
    public const string PerRow = "per_row";

    /// <summary>Columns that an explanation lists at most.</summary>
    public const int MaxExplained = 1000;

    /// <summary>What <c>unknown_columns</c> may be.</summary>
    public static IReadOnlyList<string> UnknownColumns { get; } = [Refuse, Ignore];

    /// <summary>What <c>errors</c> may be.</summary>
    public static IReadOnlyList<string> Errors { get; } = [Refuse, PerRow];
}
