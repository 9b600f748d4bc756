namespace Trainyard.Learning.Data.Blocks;

/// <summary>Reads cells as the type of the first of them, until one does not fit.</summary>
/// <remarks>No text is of two types at once but that of categories, so values of one type are what <see cref="TypeInference"/> makes of them.</remarks>
/// <param name="capacity">Rows to expect.</param>
internal sealed class SniffingSink(int capacity) : RowSink
{
    private static readonly ColumnType[] Types = [ColumnType.Number, ColumnType.Boolean, ColumnType.Date, ColumnType.Category];

    private ColumnBuilder? builder;
    private int missingBefore;

    /// <summary>Whether there are values of two types; what was taken is worth nothing then.</summary>
    public bool HasFailed { get; private set; }

    public override int Count => builder?.Count ?? missingBefore;

    public override void AppendMissing(long line)
    {
        if (builder is null)
        {
            missingBefore++;
        }
        else
        {
            builder.AppendMissing();
        }
    }

    public override void Append(ReadOnlySpan<byte> text, long line)
    {
        if (builder is null)
        {
            Begin(text);
        }
        else if (!builder.TryAppend(text))
        {
            // The row counts all the same.
            HasFailed = true;
            builder.AppendMissing();
        }
    }

    public override ColumnBuilder ToBuilder() => builder ?? Missing(ColumnType.Number, missingBefore);

    private void Begin(ReadOnlySpan<byte> text)
    {
        foreach (ColumnType type in Types)
        {
            ColumnBuilder candidate = Missing(type, missingBefore);
            if (candidate.TryAppend(text))
            {
                builder = candidate;
                return;
            }
        }
    }

    private ColumnBuilder Missing(ColumnType type, int count)
    {
        ColumnBuilder missing = ColumnBuilder.For(type, capacity);
        for (int row = 0; row < count; row++)
        {
            missing.AppendMissing();
        }

        return missing;
    }
}
