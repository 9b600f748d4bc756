using Trainyard.Domain.Registry.Comparison;

namespace Trainyard.Domain.Registry.Traffic;

/// <summary>What callers would have to change for another version.</summary>
internal static class SchemaChange
{
    private const int MaxNamed = 20;

    /// <summary>The differences in words; null when there are none.</summary>
    public static string? Describe(ModelVersion deployed, ModelVersion next)
    {
        List<string> differences = [];
        if (deployed.Task != next.Task)
        {
            differences.Add($"its task is {next.Task} instead of {deployed.Task}");
        }

        if (deployed.Lineage.TargetColumn != next.Lineage.TargetColumn)
        {
            differences.Add($"it predicts '{next.Lineage.TargetColumn}' instead of '{deployed.Lineage.TargetColumn}'");
        }

        IReadOnlyList<InputDifference> inputs = InputDifferences.Between(deployed, next);
        Add(differences, "columns added", inputs.Where(input => input.First is null).Select(input => $"{input.Name} ({input.Second})"));
        Add(differences, "columns removed", inputs.Where(input => input.Second is null).Select(input => input.Name));
        Add(differences, "types changed", inputs.Where(input => input is { First: not null, Second: not null }).Select(input => $"{input.Name} from {input.First} to {input.Second}"));
        return differences.Count == 0 ? null : string.Join("; ", differences);
    }

    private static void Add(List<string> differences, string what, IEnumerable<string> names)
    {
        string[] shown = [.. names.Take(MaxNamed + 1)];
        if (shown.Length > 0)
        {
            differences.Add($"{what}: {string.Join(", ", shown.Take(MaxNamed))}{(shown.Length > MaxNamed ? ", …" : string.Empty)}");
        }
    }
}
