using System.Globalization;

namespace Trainyard.Benchmarks.Performance;

/// <summary>One line of the table.</summary>
/// <param name="Work">What is done.</param>
/// <param name="What">What of it is measured, with its unit.</param>
/// <param name="Ours">The median of this side.</param>
/// <param name="Peer">The median of the other; null where there is none.</param>
/// <param name="AtMost">The target: of the ratio where there is a peer, else of the figure itself; null for a figure that only informs.</param>
internal sealed record Figure(string Work, string What, double Ours, double? Peer, double? AtMost)
{
    public double? Ratio => Ours / Peer;

    public bool IsMissed => (Ratio ?? Ours) > AtMost;

    public string Verdict => AtMost is null ? "" : IsMissed ? "**MISSED**" : "held";

    public string ToMarkdown() => $"| {Work} | {What} | {Text(Ours)} | {Text(Peer)} | {(Ratio is { } ratio ? $"{ratio:F2}" : "")} | {AtMost?.ToString("0.0##", CultureInfo.InvariantCulture)} | {Verdict} |";

    /// <summary>Three digits, however large.</summary>
    private static string Text(double? value) => value switch
    {
        null => "",
        0 => "0",
        >= 100 => $"{value:F0}",
        >= 10 => $"{value:F1}",
        >= 1 => $"{value:F2}",
        >= 0.1 => $"{value:F3}",
        _ => $"{value:F4}",
    };
}
