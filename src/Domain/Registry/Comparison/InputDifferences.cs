namespace Trainyard.Domain.Registry.Comparison;

/// <summary>Which columns two versions do not read alike.</summary>
internal static class InputDifferences
{
    /// <summary>Columns of the first version in its order, then those that only the second reads.</summary>
    public static IReadOnlyList<InputDifference> Between(ModelVersion first, ModelVersion second)
    {
        Dictionary<string, string> types = second.Inputs.ToDictionary(input => input.Name, input => input.Type, StringComparer.Ordinal);
        HashSet<string> known = [.. first.Inputs.Select(input => input.Name)];
        return
        [
            .. first.Inputs.Select(input => new InputDifference(input.Name, input.Type, types.GetValueOrDefault(input.Name))).Where(each => each.First != each.Second),
            .. second.Inputs.Where(input => !known.Contains(input.Name)).Select(input => new InputDifference(input.Name, First: null, input.Type)),
        ];
    }
}
