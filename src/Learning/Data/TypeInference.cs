namespace Trainyard.Learning.Data;

/// <summary>Finds the type of a column from all of its values, not from a sample.</summary>
/// <remarks>
/// <see cref="ColumnType.Number"/> when every value is a number (or none is there at all), else
/// <see cref="ColumnType.Boolean"/> when every value is true or false, else <see cref="ColumnType.Date"/> when every value is
/// an ISO 8601 date, else text: <see cref="ColumnType.Text"/> when a value is longer than
/// <see cref="MaxCategoryLength"/>, or when distinct values have <see cref="MinWordsOfText"/> words or more on average and
/// are more than <see cref="MaxCategoryShare"/> of the values; otherwise <see cref="ColumnType.Category"/>.
/// Columns of 0 and 1 stay numbers; yes and no stay categories, so that labels come back as they were given.
/// </remarks>
internal static class TypeInference
{
    /// <summary>Characters of a category at most.</summary>
    public const int MaxCategoryLength = 256;

    /// <summary>Words that distinct values of a free text have on average, at least.</summary>
    public const double MinWordsOfText = 3;

    /// <summary>Distinct values as a share of all, past which long values are no categories.</summary>
    public const double MaxCategoryShare = 0.2;

    private static readonly ColumnType[] StrictTypes = [ColumnType.Number, ColumnType.Boolean, ColumnType.Date];

    /// <summary>The cells as numbers, truth values or dates, whichever is the first to fit all of them, else as categories.</summary>
    /// <param name="cells">Arenas of one column, in order.</param>
    /// <param name="cancellationToken">Observed before every arena.</param>
    public static ColumnBuilder Fit(IReadOnlyList<CellArena> cells, CancellationToken cancellationToken)
    {
        int count = cells.Sum(arena => arena.Count);
        foreach (ColumnType type in StrictTypes)
        {
            ColumnBuilder builder = ColumnBuilder.For(type, count);
            if (cells.All(arena => TryAppendAll(builder, arena, cancellationToken)))
            {
                return builder;
            }
        }

        TextColumnBuilder texts = new(ColumnType.Category, count);
        foreach (CellArena arena in cells)
        {
            TryAppendAll(texts, arena, cancellationToken);
        }

        return texts;
    }

    /// <summary>The column of values whose type was inferred: categories become free text where they read like it.</summary>
    public static Column Build(string name, ColumnBuilder builder)
    {
        Column column = builder.Build(name);
        return column is TextColumn texts && IsFreeText(texts.Dictionary, texts.RowCount - texts.MissingCount) ? texts.As(ColumnType.Text) : column;
    }

    /// <summary>Whether categories read like free text.</summary>
    /// <param name="distinct">The distinct values.</param>
    /// <param name="present">Rows with a value.</param>
    public static bool IsFreeText(IReadOnlyList<string> distinct, int present)
    {
        long words = 0;
        foreach (string value in distinct)
        {
            if (value.Length > MaxCategoryLength)
            {
                return true;
            }

            words += WordsOf(value);
        }

        return words >= MinWordsOfText * distinct.Count && distinct.Count > MaxCategoryShare * present;
    }

    private static bool TryAppendAll(ColumnBuilder builder, CellArena cells, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CellArena.Reader reader = cells.Read();
        while (reader.TryNext(out ReadOnlySpan<byte> text))
        {
            if (text.IsEmpty)
            {
                builder.AppendMissing();
            }
            else if (!builder.TryAppend(text))
            {
                return false;
            }
        }

        return true;
    }

    private static int WordsOf(string value)
    {
        int words = 0;
        bool inWord = false;
        foreach (char character in value)
        {
            bool space = char.IsWhiteSpace(character);
            words += !space && !inWord ? 1 : 0;
            inWord = !space;
        }

        return words;
    }
}
