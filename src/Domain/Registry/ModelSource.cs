namespace Trainyard.Domain.Registry;

/// <summary>Where a model comes from that was trained elsewhere.</summary>
/// <param name="Format">What its file was: <c>tym</c>, <c>xgboost</c>, <c>onnx</c>, or <c>reference</c> when it is kept elsewhere.</param>
/// <param name="Sha256">SHA-256 of the file as it came, in lower-case hex; empty when it is kept elsewhere.</param>
/// <param name="MadeBy">What wrote it, with its version, as far as the file says.</param>
public sealed record ModelSource(string Format, string Sha256, string MadeBy)
{
    /// <summary>The format of a file that is kept elsewhere.</summary>
    public const string Reference = "reference";

    /// <summary>Where it came from, in the words of whoever registered it; null when they did not say.</summary>
    public string? Uri { get; init; }

    /// <summary>The run that trained it there; null when they did not say.</summary>
    public string? RunId { get; init; }

    /// <summary>Where that run is shown; null when they did not say.</summary>
    public string? RunLink { get; init; }
}
