using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features;

/// <summary>Finds out what is to be predicted.</summary>
/// <remarks>
/// Text, categories and truth values are classes. Numbers are classes when there are two of them, or when all are whole,
/// at most <see cref="MaxNumberClasses"/> are distinct and each occurs <see cref="MinRowsPerNumberClass"/> times on
/// average; otherwise they are values to regress on.
/// </remarks>
internal static class TargetInference
{
    /// <summary>Distinct whole numbers that are still read as classes.</summary>
    public const int MaxNumberClasses = 20;

    /// <summary>Rows per distinct whole number, on average, that make it a class.</summary>
    public const int MinRowsPerNumberClass = 5;

    /// <summary>Classes at most: past it, labels are more likely names of rows.</summary>
    public const int MaxClasses = 1000;

    /// <summary>Rows with a target at least: one for each part of a split, and two to learn from.</summary>
    public const int MinRows = 10;

    private static readonly string[] ConventionalNames = ["target", "label", "class", "y"];

    /// <summary>The target column of a table: <paramref name="wanted"/>, or one named target, label, class or y (any case, in that order), or the last.</summary>
    /// <param name="schema">The table's columns.</param>
    /// <param name="wanted">The column asked for; null or empty to find it.</param>
    /// <exception cref="LearningException">It is not there (<c>target_missing</c>).</exception>
    public static string FindTarget(TableSchema schema, string? wanted)
    {
        if (!string.IsNullOrEmpty(wanted))
        {
            return schema.TryGet(wanted, out _) ? wanted : throw Missing(schema, wanted);
        }

        ColumnSchema? conventional = ConventionalNames
            .Select(name => schema.Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(column => column is not null);
        ColumnSchema? found = conventional ?? (schema.Columns.Count > 0 ? schema.Columns[^1] : null);
        return found?.Name ?? throw Missing(schema, "target");
    }

    /// <summary>Learns classes and task from the rows that have a target.</summary>
    /// <param name="rows">All rows: which classes there are is no secret of the rows held out.</param>
    /// <param name="targetColumn">The target column; null to find it by name (target, label, class, y), else the last. A task without labels has none unless it is named.</param>
    /// <param name="task">The task if it is known; null to infer it.</param>
    /// <exception cref="LearningException">
    /// <c>target_missing</c>, <c>target_all_missing</c>, <c>target_one_class</c>, <c>target_constant</c>, <c>target_not_numeric</c>,
    /// <c>target_too_many_classes</c> or <c>too_few_rows</c>; the field names the column. Of tasks without labels:
    /// <c>target_not_two_classes</c>, <c>target_unused</c>.
    /// </exception>
    public static TargetEncoding Infer(Table rows, string? targetColumn, LearningTask? task)
    {
        if (task is { } unsupervised && !unsupervised.IsSupervised())
        {
            return UnsupervisedTarget.Of(rows, targetColumn, unsupervised);
        }

        string name = FindTarget(rows.Schema, targetColumn);
        Column column = rows[name];
        CheckRows(column);
        LearningTask known = task ?? TaskOf(column);
        if (known == LearningTask.Classification)
        {
            return new TargetEncoding(name, known, Labels(column));
        }

        if (column is not NumberColumn numbers)
        {
            throw NotNumeric(column);
        }

        return DistinctNumbers(numbers, 2).Count > 1
            ? new TargetEncoding(name, known, [])
            : throw new LearningException("target_constant", $"The target '{name}' has the same value in every row; there is nothing to learn.", name);
    }

    public static LearningException Missing(TableSchema schema, string wanted) =>
        new("target_missing", $"There is no target column '{wanted}'; there are {ColumnList.Of(schema)}.", wanted);

    public static LearningException NotNumeric(Column column) =>
        new("target_not_numeric", $"The target '{column.Name}' is a {column.Type} column; a regression needs numbers.", column.Name);

    /// <summary>The label of a number; both zeros have the same.</summary>
    public static string LabelOf(double number) => ValueText.OfNumber(number + 0.0);

    private static void CheckRows(Column column)
    {
        int present = column.RowCount - column.MissingCount;
        if (column.RowCount > 0 && present == 0)
        {
            throw new LearningException("target_all_missing", $"The target '{column.Name}' has no value in any of {column.RowCount} rows.", column.Name);
        }

        if (present < MinRows)
        {
            throw new LearningException("too_few_rows", $"{present} rows have a value of the target '{column.Name}'; at least {MinRows} are needed.", column.Name);
        }
    }

    private static LearningTask TaskOf(Column column)
    {
        if (column is not NumberColumn numbers)
        {
            return LearningTask.Classification;
        }

        SortedSet<double> distinct = DistinctNumbers(numbers, MaxNumberClasses + 1);
        int present = column.RowCount - column.MissingCount;
        bool classes = distinct.Count <= 2
            || (distinct.Count <= MaxNumberClasses && present >= MinRowsPerNumberClass * distinct.Count && distinct.All(double.IsInteger));
        return classes ? LearningTask.Classification : LearningTask.Regression;
    }

    internal static List<string> Labels(Column column)
    {
        List<string> labels = column switch
        {
            NumberColumn numbers => [.. DistinctNumbers(numbers, MaxClasses + 1).Select(LabelOf)],
            TextColumn texts => [.. texts.CountPerCode().Index().Where(each => each.Item > 0).Select(each => texts.Dictionary[each.Index]).Order(StringComparer.Ordinal)],
            _ => [.. Enumerable.Range(0, column.RowCount).Select(column.TextAt).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        return labels.Count switch
        {
            1 => throw new LearningException("target_one_class", $"The target '{column.Name}' has only the class '{labels[0]}'; at least two are needed.", column.Name),
            > MaxClasses => throw new LearningException("target_too_many_classes", $"The target '{column.Name}' has more than {MaxClasses} classes; is it the right column?", column.Name),
            _ => labels,
        };
    }

    /// <summary>The distinct values by size; counting stops at <paramref name="most"/>.</summary>
    private static SortedSet<double> DistinctNumbers(NumberColumn column, int most)
    {
        SortedSet<double> distinct = [];
        foreach (double value in column.Values)
        {
            if (!double.IsNaN(value) && distinct.Add(value) && distinct.Count >= most)
            {
                break;
            }
        }

        return distinct;
    }
}
