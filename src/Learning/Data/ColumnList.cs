namespace Trainyard.Learning.Data;

/// <summary>Names columns in an error message, without letting a wide table fill a page.</summary>
internal static class ColumnList
{
    private const int MostNamed = 12;

    public static string Of(TableSchema schema)
    {
        string named = string.Join(", ", schema.Columns.Take(MostNamed).Select(column => $"'{column.Name}'"));
        int rest = schema.Columns.Count - MostNamed;
        return rest > 0 ? $"{named} and {rest} more" : named;
    }
}
