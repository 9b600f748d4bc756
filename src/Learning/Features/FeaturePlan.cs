using System.Text.Json.Nodes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features.Encodings;

namespace Trainyard.Learning.Features;

/// <summary>
/// How columns become features: fitted on training rows only, saved with the model, applied alike in training and serving.
/// </summary>
/// <remarks>
/// Numbers are filled with the median and standardised (divisor n) as far as the learner needs it; truth values are 0 and
/// 1; categories are indices or 0/1 features; dates become year, month and so on; free text becomes hashed TF-IDF. Where
/// values were missing and are filled, one more feature says so. A category that fitting did not see counts as "other" when
/// rare ones did, else as none. Text such as <c>NA</c> is a missing value unless it was a category in training.
/// Immutable and thread safe.
/// </remarks>
public sealed class FeaturePlan
{
    private readonly FeaturePlanDocument document;
    private readonly EncodingSlot[] slots;

    private FeaturePlan(FeaturePlanDocument document)
    {
        this.document = document;
        List<FeatureInfo> features = [];
        slots = new EncodingSlot[document.Encodings.Count];
        for (int index = 0; index < slots.Length; index++)
        {
            ColumnEncoding encoding = document.Encodings[index] ?? throw new ArgumentException("An encoding is null.", nameof(document));
            if (!document.Inputs.TryGetIndex(encoding.Column, out int input))
            {
                throw new ArgumentException($"'{encoding.Column}' is no input column.", nameof(document));
            }

            IReadOnlyList<FeatureInfo> described = encoding.Describe();
            slots[index] = new EncodingSlot(encoding, input, features.Count, described.Count);
            features.AddRange(described);
        }

        Features = FeatureNames.MadeUnique(features);
    }

    /// <summary>The column that is predicted and therefore never read; empty when there is none.</summary>
    public string Target => document.Target;

    /// <summary>The columns of the table that it was fitted on, without the target, in order; dropped ones included.</summary>
    public TableSchema Inputs => document.Inputs;

    /// <summary>What <see cref="Transform(Table, CancellationToken)"/> makes.</summary>
    public IReadOnlyList<FeatureInfo> Features { get; }

    /// <summary>Input columns that no feature is made from.</summary>
    public IReadOnlyList<DroppedColumn> Dropped => document.Dropped;

    /// <summary>How each column that is read becomes features, in the features' order.</summary>
    internal IReadOnlyList<ColumnEncoding> Encodings => document.Encodings;

    /// <summary>Learns the plan from training rows.</summary>
    /// <param name="rows">Training rows; rows held out for evaluation must not be among them.</param>
    /// <param name="target">The column to leave out; empty for none.</param>
    /// <param name="needs">What the learner wants.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <param name="cancellationToken">Observed before every column.</param>
    /// <exception cref="LearningException">
    /// The target is not there (<c>target_missing</c>), no column is left (<c>no_features</c>), there are too many features
    /// (<c>too_many_features</c>) or an option is out of range (<c>feature_options_invalid</c>).
    /// </exception>
    public static FeaturePlan Fit(Table rows, string target, FeatureNeeds needs, FeaturePlanOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= FeaturePlanOptions.Default;
        options.Validate();
        if (target.Length > 0)
        {
            TargetEncoding.FindTarget(rows.Schema, target);
        }

        return Of(rows.Schema, target, rows.Columns.Where(column => column.Name != target).Select(FitColumn), options);

        (string, ColumnEncoding?, DropReason) FitColumn(Column column)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ColumnFitter fitter = ColumnFitter.For(column.Name, column.Type, needs, options);
            fitter.Take(column);
            (ColumnEncoding? encoding, DropReason reason) = fitter.Fit();
            return (column.Name, encoding, reason);
        }
    }

    /// <summary>The plan of columns whose encodings were learned elsewhere.</summary>
    /// <param name="schema">All columns, the target among them.</param>
    /// <param name="target">The column left out; empty for none.</param>
    /// <param name="columns">The others in order: what became of each.</param>
    /// <param name="options">Bounds.</param>
    /// <exception cref="LearningException"><c>no_features</c> or <c>too_many_features</c>.</exception>
    internal static FeaturePlan Of(TableSchema schema, string target, IEnumerable<(string Column, ColumnEncoding? Encoding, DropReason Reason)> columns, FeaturePlanOptions options)
    {
        List<ColumnEncoding> encodings = [];
        List<DroppedColumn> dropped = [];
        foreach ((string column, ColumnEncoding? encoding, DropReason reason) in columns)
        {
            if (encoding is null)
            {
                dropped.Add(new DroppedColumn(column, reason));
            }
            else
            {
                encodings.Add(encoding);
            }
        }

        FeaturePlan plan = new(new FeaturePlanDocument(target, schema.Without(target), encodings, dropped));
        plan.CheckFeatureCount(options);
        return plan;
    }

    /// <summary>A plan of numbers as they are, for models from elsewhere.</summary>
    /// <param name="columns">Columns and features, in order.</param>
    /// <param name="target">What is predicted; none of them.</param>
    /// <exception cref="LearningException">A name is empty or used twice (<c>schema_invalid</c>).</exception>
    internal static FeaturePlan OfNumbers(IReadOnlyList<string> columns, string target)
    {
        TableSchema inputs = new([.. columns.Append(target).Select(column => new ColumnSchema(column, ColumnType.Number, Nullable: true))]);
        ColumnEncoding[] encodings = [.. columns.Select(column => new NumberEncoding(column, new Scaling(null, 0, null), hasIndicator: false))];
        return new FeaturePlan(new FeaturePlanDocument(target, inputs.Without(target), encodings, []));
    }

    /// <summary>What several plans make of the same columns, side by side.</summary>
    /// <param name="plans">At least one; of the same inputs and target.</param>
    internal static FeaturePlan SideBySide(IReadOnlyList<FeaturePlan> plans)
    {
        ColumnEncoding[] encodings = [.. plans.SelectMany(plan => plan.Encodings)];
        HashSet<string> read = [.. encodings.Select(encoding => encoding.Column)];
        DroppedColumn[] dropped = [.. plans[0].Dropped.Where(column => !read.Contains(column.Column))];
        return new FeaturePlan(new FeaturePlanDocument(plans[0].Target, plans[0].Inputs, encodings, dropped));
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="LearningException">It is not a plan (<c>feature_plan_invalid</c>).</exception>
    public static FeaturePlan FromJson(JsonNode? json)
    {
        FeaturePlanDocument read = DataJson.Read(json, FeaturesJson.Default.FeaturePlanDocument, "feature_plan_invalid", "feature plan");
        try
        {
            return new FeaturePlan(read);
        }
        catch (ArgumentException exception)
        {
            throw new LearningException("feature_plan_invalid", $"The feature plan cannot be used: {exception.Message}", "feature plan", exception);
        }
    }

    /// <summary>The plan as part of a model's manifest.</summary>
    public JsonObject ToJson() => DataJson.Write(document, FeaturesJson.Default.FeaturePlanDocument);

    /// <summary>
    /// Features of every row. Columns are found by name; one that the plan reads and the table lacks is missing in every row,
    /// one that the plan does not know is not looked at.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">Observed every few thousand rows of every column.</param>
    /// <exception cref="LearningException">A value does not fit its column; as for a single row, and the message names the row.</exception>
    public FeatureMatrix Transform(Table rows, CancellationToken cancellationToken = default)
    {
        double[][] columns = new double[Features.Count][];
        for (int feature = 0; feature < columns.Length; feature++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns[feature] = new double[rows.RowCount];
        }

        double[] scratch = new double[slots.Length == 0 ? 0 : slots.Max(slot => slot.Width)];
        foreach (EncodingSlot slot in slots)
        {
            rows.TryGet(slot.Encoding.Column, out Column? column);
            TransformColumn(slot, column, rows.RowCount, scratch, columns, cancellationToken);
        }

        return new FeatureMatrix(Features, columns, rows.RowCount);
    }

    /// <summary>Features of one row, without allocating; bit for bit those of <see cref="Transform(Table, CancellationToken)"/>.</summary>
    /// <param name="row">One cell per column of <see cref="Inputs"/>, in that order.</param>
    /// <param name="features">Receives one value per feature.</param>
    /// <exception cref="LearningException">A cell does not fit its column (<c>not_a_number</c>, <c>not_a_boolean</c>, <c>not_a_date</c>; the field names it).</exception>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void Transform(ReadOnlySpan<Cell> row, Span<double> features)
    {
        if (row.Length != Inputs.Columns.Count || features.Length != Features.Count)
        {
            throw new ArgumentException($"A row has {Inputs.Columns.Count} cells and {Features.Count} features, not {row.Length} and {features.Length}.", nameof(row));
        }

        foreach (EncodingSlot slot in slots)
        {
            slot.Encoding.Encode(row[slot.Input], features.Slice(slot.Feature, slot.Width));
        }
    }

    /// <summary>The number of features that one encoding makes; all of them in turn are <see cref="Features"/>.</summary>
    /// <param name="encoding">Index into <see cref="Encodings"/>.</param>
    internal int WidthOf(int encoding) => slots[encoding].Width;

    /// <summary>Writes the features that one encoding makes of every row into buffers, which grow as needed.</summary>
    /// <param name="encoding">Index into <see cref="Encodings"/>.</param>
    /// <param name="rows">As for all.</param>
    /// <param name="buffers">The first <see cref="WidthOf"/> of them receive a feature each, a value a row.</param>
    /// <param name="cancellationToken">As for all.</param>
    /// <exception cref="LearningException">As for all.</exception>
    internal void Transform(int encoding, Table rows, ref double[][] buffers, CancellationToken cancellationToken = default)
    {
        EncodingSlot slot = slots[encoding] with { Feature = 0 };
        if (buffers.Length < slot.Width || buffers[0].Length < rows.RowCount)
        {
            int count = Math.Max(buffers.Length, slot.Width);
            int length = Math.Max(buffers.Length == 0 ? 0 : buffers[0].Length, rows.RowCount);
            buffers = [.. Enumerable.Range(0, count).Select(_ => GC.AllocateUninitializedArray<double>(length))];
        }

        rows.TryGet(slot.Encoding.Column, out Column? column);
        TransformColumn(slot, column, rows.RowCount, new double[slot.Width], buffers, cancellationToken);
    }

    private static void TransformColumn(EncodingSlot slot, Column? column, int rowCount, double[] scratch, double[][] columns, CancellationToken cancellationToken)
    {
        const int rowsPerLook = 4096;
        int row = 0;
        try
        {
            for (; row < rowCount; row++)
            {
                if (row % rowsPerLook == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                slot.Encode(column, row, scratch, columns);
            }
        }
        catch (LearningException exception)
        {
            throw new LearningException(exception.Code, $"Row {row + 1}: {exception.Message}", exception.Field, exception);
        }
    }

    private void CheckFeatureCount(FeaturePlanOptions options)
    {
        if (Features.Count == 0)
        {
            throw new LearningException("no_features", $"No column{(Target.Length > 0 ? $" beside the target '{Target}'" : "")} carries anything: each is constant, empty or an identifier.", Target);
        }

        if (Features.Count > options.MaxFeatures)
        {
            throw new LearningException("too_many_features", $"The columns make {Features.Count} features; the limit is {options.MaxFeatures}. Leave out columns, or keep fewer categories.");
        }
    }

    /// <summary>An encoding with its places: the input it reads, and the features that it writes.</summary>
    private readonly record struct EncodingSlot(ColumnEncoding Encoding, int Input, int Feature, int Width)
    {
        public void Encode(Column? column, int row, double[] scratch, double[][] columns)
        {
            Span<double> output = scratch.AsSpan(0, Width);
            if (column is null)
            {
                Encoding.Encode(Cell.Missing, output);
            }
            else
            {
                Encoding.Encode(column, row, output);
            }

            for (int index = 0; index < output.Length; index++)
            {
                columns[Feature + index][row] = output[index];
            }
        }
    }
}
