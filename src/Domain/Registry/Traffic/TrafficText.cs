using System.Globalization;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>Traffic in a few words, for the history.</summary>
internal static class TrafficText
{
    /// <summary><c>v2</c>, or <c>v2 90 %, v3 10 %</c>; null for nothing.</summary>
    public static string? Of(RegisteredModel model)
    {
        IReadOnlyList<VersionShare> shares = model.Shares;
        string? text = shares switch
        {
            [] => null,
            [{ } only] => ModelVersion.LabelOf(only.Sequence),
            _ => string.Join(", ", shares.Select(Share)),
        };
        return model.Traffic.Shadows.Count == 0 ? text : $"{text}; shadows {string.Join(", ", model.Traffic.Shadows.Select(Share))}";
    }

    private static string Share(VersionShare share) => string.Create(CultureInfo.InvariantCulture, $"{ModelVersion.LabelOf(share.Sequence)} {share.Percent} %");
}
