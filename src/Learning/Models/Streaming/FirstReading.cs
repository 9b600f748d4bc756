using System.Collections.Concurrent;
using Trainyard.Learning.Data;
using Trainyard.Learning.Data.Blocks;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Models.Streaming;

/// <summary>Learns of a file what its columns are, how they become features, its labels, and a sample of its rows.</summary>
internal sealed class FirstReading : IRowBlocks
{
    /// <summary>Values that the sample holds at most: 64 MiB as numbers.</summary>
    private const int SampleValues = 8 << 20;

    /// <summary>Characters of texts that the sample holds at most: 32 MiB.</summary>
    private const long SampleCharacters = 16L << 20;

    private readonly StreamedFit fit;
    private readonly RowParts parts;
    private readonly int number;
    private readonly FeatureNeeds needs;
    private readonly FeaturePlanOptions options;
    private readonly IReadOnlyDictionary<string, ColumnType> known;
    private readonly ConcurrentDictionary<string, ColumnSchema> categories = new(StringComparer.Ordinal);
    private readonly List<StreamedColumn> columns = [];
    private readonly Dictionary<string, StreamedColumn> byName = new(StringComparer.Ordinal);
    private readonly ColumnPieces labels;
    private Column[] taking = [];
    private RowSample? sample;
    private int trainingRows;

    /// <param name="fit">What is asked for.</param>
    /// <param name="parts">Which rows are learned from.</param>
    /// <param name="needs">What the learner wants.</param>
    /// <param name="known">Columns that an earlier reading found to be mixed, and what they are.</param>
    /// <param name="number">1-based number of this reading, for progress.</param>
    public FirstReading(StreamedFit fit, RowParts parts, FeatureNeeds needs, IReadOnlyDictionary<string, ColumnType> known, int number)
    {
        (this.fit, this.parts, this.needs, this.known, this.number) = (fit, parts, needs, known, number);
        options = fit.PlanOptions ?? FeaturePlanOptions.Default;
        labels = new ColumnPieces(fit.Target);
        foreach ((string name, ColumnType type) in known)
        {
            categories[name] = new ColumnSchema(name, type, Nullable: true);
        }
    }

    /// <summary>Rows of the file.</summary>
    public int Rows { get; private set; }

    /// <summary>Columns whose values are of several types; with one, nothing else here is of use.</summary>
    public IEnumerable<string> Mixed => columns.Where(column => column.IsMixed).Select(column => column.Name);

    /// <summary>The columns, in the order that a table of the file has.</summary>
    public TableSchema Schema => new([.. InOrder().Select(column => column.Schema())]);

    /// <summary>The target of every row.</summary>
    /// <exception cref="LearningException">It is not there (<c>target_missing</c>).</exception>
    public Column Labels() => byName.TryGetValue(fit.Target, out StreamedColumn? target)
        ? labels.Join(target.Schema().Type)
        : throw TargetInference.Missing(Schema, fit.Target);

    /// <summary>How the columns become features.</summary>
    /// <exception cref="LearningException"><c>no_features</c> or <c>too_many_features</c>.</exception>
    public FeaturePlan Plan() =>
        FeaturePlan.Of(Schema, fit.Target, InOrder().Where(column => column.Name != fit.Target).Select(column => column.Encode()), options);

    /// <summary>The bins of every feature, chosen from the sample, which is let go.</summary>
    public FeatureBins[] ChooseBins(FeaturePlan plan, int maximumBins, ParallelOptions parallel)
    {
        FeatureBins[] bins = new FeatureBins[plan.Features.Count];
        double[][] buffers = [];
        for (int encoding = 0, first = 0; encoding < plan.Encodings.Count; encoding++)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            StreamedColumn column = byName[plan.Encodings[encoding].Column];
            Table rows = new([column.Sample.Join(column.Schema().Type)]);
            column.Sample.Clear();
            int width = plan.WidthOf(encoding);
            rows = Thinned(rows, SampleValues / width);
            plan.Transform(encoding, rows, ref buffers);
            int start = first;
            double[][] values = buffers;
            Parallel.For(0, width, parallel, feature =>
                bins[start + feature] = FeatureBins.Of(plan.Features[start + feature], values[feature].AsSpan(0, rows.RowCount), maximumBins));
            first += width;
        }

        return bins;
    }

    /// <inheritdoc/>
    public ColumnSchema? SchemaOf(string name) => categories.GetValueOrDefault(name);

    /// <inheritdoc/>
    public void Take(RowBlock block)
    {
        sample ??= new RowSample(SampleRows(block.Columns.Count + block.Mixed.Count), Keep, Thin);
        Dictionary<string, Column> taken = block.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        foreach (Column column in block.Columns)
        {
            Begin(column.Name);
        }

        foreach (string name in block.Mixed)
        {
            Begin(name).Mix();
        }

        Column target = ValuesOf(taken, fit.Target, block.RowCount);
        labels.Add(target);
        (int[] training, _) = parts.Split(block.Mixed.Contains(fit.Target) ? null : target, Rows, block.RowCount);
        Learn(taken, block.RowCount, training);
        trainingRows += training.Length;
        Rows += block.RowCount;
        fit.Reading?.Report(new ReadingProgress(number, Rows));
    }

    private void Learn(Dictionary<string, Column> taken, int rowCount, int[] training)
    {
        taking = new Column[columns.Count];
        for (int index = 0; index < taking.Length; index++)
        {
            Column values = ValuesOf(taken, columns[index].Name, rowCount);
            taking[index] = training.Length == rowCount ? values : values.SelectRows(training);
            columns[index].Take(values, taking[index]);
            if (columns[index].Type == ColumnType.Category)
            {
                categories.TryAdd(columns[index].Name, new ColumnSchema(columns[index].Name, ColumnType.Category, Nullable: true));
            }
        }

        sample!.Take(training.Length);
        taking = [];
        while (sample.Count > 1 && columns.Sum(column => column.Sample.Characters) > SampleCharacters)
        {
            sample.Halve();
        }
    }

    private void Keep(int[] rows)
    {
        for (int index = 0; index < taking.Length; index++)
        {
            columns[index].Sample.Add(rows.Length == taking[index].RowCount ? taking[index] : taking[index].SelectRows(rows));
        }
    }

    private void Thin(int[] rows)
    {
        columns.ForEach(column => column.Sample.Keep(rows));
        Memory.LetGo();
    }

    /// <summary>The column of that name; one that shows late was missing until then.</summary>
    private StreamedColumn Begin(string name)
    {
        if (byName.TryGetValue(name, out StreamedColumn? there))
        {
            return there;
        }

        ColumnSchema? given = null;
        _ = fit.Rows.Schema?.TryGet(name, out given);
        StreamedColumn begun = new(name, given?.Type ?? (known.TryGetValue(name, out ColumnType type) ? type : null), given is not null, needs, options);
        begun.Take(ColumnPieces.Missing(name, ColumnType.Number, Rows), ColumnPieces.Missing(name, ColumnType.Number, trainingRows));
        begun.Sample.Add(ColumnPieces.Missing(name, ColumnType.Number, sample!.Count));
        byName.Add(name, begun);
        columns.Add(begun);
        return begun;
    }

    private IEnumerable<StreamedColumn> InOrder() => fit.Rows.Schema is { } schema ? schema.Columns.Select(column => byName[column.Name]) : columns;

    private static Column ValuesOf(Dictionary<string, Column> taken, string name, int rowCount) =>
        taken.GetValueOrDefault(name) ?? ColumnPieces.Missing(name, ColumnType.Number, rowCount);

    private static int SampleRows(int columnCount) => Math.Max(2, Math.Min(FeatureBins.QuantileRows, SampleValues / columnCount) & ~1);

    private static Table Thinned(Table rows, int most) => rows.RowCount <= most
        ? rows
        : rows.SelectRows([.. Enumerable.Range(0, most).Select(row => (int)((long)row * rows.RowCount / most))]);
}
