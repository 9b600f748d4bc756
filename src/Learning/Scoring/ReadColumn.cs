using Trainyard.Learning.Data;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Scoring;

/// <summary>A column that a model makes features of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Input">Its place among the model's inputs.</param>
/// <param name="IsNumber">Whether its values are numbers.</param>
public readonly record struct ReadColumn(string Name, int Input, bool IsNumber)
{
    /// <summary>The columns that a model reads, in the order of its inputs. Inputs that it was given in training and made nothing of are not among them.</summary>
    public static IReadOnlyList<ReadColumn> Of(TabularModel model)
    {
        HashSet<string> dropped = [.. model.Plan.Dropped.Select(column => column.Column)];
        return [.. model.Inputs.Columns
            .Select((column, index) => new ReadColumn(column.Name, index, column.Type == ColumnType.Number))
            .Where(column => !dropped.Contains(column.Name))];
    }
}
