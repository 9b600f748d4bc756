using Trainyard.Learning.Data;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Models;

/// <summary>Checks which columns predictions may be asked to follow.</summary>
public static class MonotoneColumns
{
    private static readonly Dictionary<string, int> NoDirections = [];

    /// <summary>Checks constraints against the data they name.</summary>
    /// <param name="directions">
    /// By column name: 1 where the prediction (of two classes the probability of the second) may only rise with the column,
    /// -1 where it may only fall, 0 for neither; null for no constraint. Missing values have no place in a column's order and are not bound.
    /// </param>
    /// <param name="columns">The columns of the data.</param>
    /// <param name="target">What is predicted.</param>
    /// <exception cref="LearningException">
    /// <c>monotone_invalid</c>: a column is not there, has no order or is the target, a direction is none, or there are more
    /// than two classes. The field is the column.
    /// </exception>
    public static void Check(IReadOnlyDictionary<string, int>? directions, TableSchema columns, TargetEncoding target)
    {
        foreach ((string name, int direction) in directions ?? NoDirections)
        {
            if (direction is < -1 or > 1)
            {
                throw Invalid(name, $"The constraint on '{name}' is {direction}; it must be -1, 0 or 1.");
            }

            if (!columns.TryGet(name, out ColumnSchema? column) || name == target.Column)
            {
                throw Invalid(name, $"There is no input column '{name}' to constrain.");
            }

            if (column.Type is not (ColumnType.Number or ColumnType.Boolean))
            {
                throw Invalid(name, $"Column '{name}' holds {column.Type.ToString().ToLowerInvariant()} values; only numbers and truth values have an order that predictions can follow.");
            }

            if (target.Classes.Count > 2)
            {
                throw Invalid(name, $"The target has {target.Classes.Count} classes, and the probabilities of more than two cannot all follow one column.");
            }
        }
    }

    private static LearningException Invalid(string column, string message) => new("monotone_invalid", message, column);
}
