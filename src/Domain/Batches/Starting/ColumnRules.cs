using Trainyard.Domain.Problems;
using Trainyard.Learning.Models;
using Trainyard.Learning.Scoring;

namespace Trainyard.Domain.Batches.Starting;

/// <summary>Holds the columns of rows against those that a model reads.</summary>
internal static class ColumnRules
{
    /// <summary>Refuses rows that lack a column which the model reads, or the one that is to name them. Other columns are no fault.</summary>
    /// <param name="model">Predicts them.</param>
    /// <param name="columns">Their columns; nothing is checked when none are known.</param>
    /// <param name="idColumn">The column that names them; null for none.</param>
    /// <exception cref="ProblemException"><c>batch_columns_missing</c>, <c>batch_id_column_missing</c>.</exception>
    public static void Check(TabularModel model, IReadOnlyCollection<string> columns, string? idColumn)
    {
        if (columns.Count == 0)
        {
            return;
        }

        HashSet<string> present = new(columns, StringComparer.Ordinal);
        string[] missing = [.. ReadColumn.Of(model).Select(column => column.Name).Where(name => !present.Contains(name))];
        if (missing.Length > 0)
        {
            throw BatchProblems.ColumnsMissing(missing, columns);
        }

        if (idColumn is not null && !present.Contains(idColumn))
        {
            throw BatchProblems.IdColumnMissing(idColumn, columns);
        }
    }
}
