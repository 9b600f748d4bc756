namespace Trainyard.Learning.Features.Encodings;

/// <summary>How features are called.</summary>
internal static class FeatureNames
{
    public static FeatureInfo MissingIndicator(string column) => new($"{column}=(missing)", column, FeatureKind.Number);

    public static string Of(DatePart part) => part switch
    {
        DatePart.Days => "days",
        DatePart.Year => "year",
        DatePart.Month => "month",
        DatePart.DayOfMonth => "day_of_month",
        DatePart.DayOfWeek => "day_of_week",
        _ => "hour",
    };

    /// <summary>Numbers the names that columns and categories happen to share: <c>a</c>, <c>a (2)</c>, <c>a (3)</c>.</summary>
    public static IReadOnlyList<FeatureInfo> MadeUnique(IEnumerable<FeatureInfo> features)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<FeatureInfo> unique = [];
        foreach (FeatureInfo feature in features)
        {
            string name = feature.Name;
            for (int number = 2; !taken.Add(name); number++)
            {
                name = $"{feature.Name} ({number})";
            }

            unique.Add(feature with { Name = name });
        }

        return unique;
    }
}
