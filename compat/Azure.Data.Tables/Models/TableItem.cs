namespace Azure.Data.Tables.Models;

/// <summary>A table's name.</summary>
public class TableItem(string name)
{
    public string Name { get; } = name;
}
