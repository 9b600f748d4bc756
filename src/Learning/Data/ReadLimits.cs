namespace Trainyard.Learning.Data;

/// <summary>Bounds on what is read from a file. Reading stops with an error at the first that is passed.</summary>
public sealed record ReadLimits
{
    /// <summary>Columns by default: pictures of 64 by 64 points fit.</summary>
    public const int DefaultMaxColumns = 4_096;

    /// <summary>Rows by default.</summary>
    public const int DefaultMaxRows = 5_000_000;

    /// <summary>Rows times columns by default: 1.6 GB as numbers.</summary>
    public const long DefaultMaxCells = 200_000_000;

    /// <summary>Bytes of one field by default: a long article.</summary>
    public const int DefaultMaxFieldBytes = 256 * 1024;

    /// <summary>Bytes of one record by default, line ends inside quotes included.</summary>
    public const int DefaultMaxLineBytes = 1024 * 1024;

    /// <summary>Bytes of the whole file by default: 1 GiB.</summary>
    public const long DefaultMaxTotalBytes = 1L << 30;

    /// <summary>Characters of a column name by default.</summary>
    public const int DefaultMaxNameLength = 256;

    /// <summary>The defaults.</summary>
    public static ReadLimits Default { get; } = new();

    /// <summary>Columns at most.</summary>
    public int MaxColumns { get; init; } = DefaultMaxColumns;

    /// <summary>Data rows at most.</summary>
    public int MaxRows { get; init; } = DefaultMaxRows;

    /// <summary>Rows times columns at most; it bounds the memory of the table.</summary>
    public long MaxCells { get; init; } = DefaultMaxCells;

    /// <summary>UTF-8 bytes of one field at most.</summary>
    public int MaxFieldBytes { get; init; } = DefaultMaxFieldBytes;

    /// <summary>Bytes of one record at most; the memory of a reader follows it.</summary>
    public int MaxLineBytes { get; init; } = DefaultMaxLineBytes;

    /// <summary>Bytes of the whole file at most.</summary>
    public long MaxTotalBytes { get; init; } = DefaultMaxTotalBytes;

    /// <summary>Characters of a column name at most.</summary>
    public int MaxNameLength { get; init; } = DefaultMaxNameLength;

    /// <exception cref="LearningException">A limit is below 1 (<c>read_limits_invalid</c>, with its name).</exception>
    internal void Validate()
    {
        Check(MaxColumns, nameof(MaxColumns));
        Check(MaxRows, nameof(MaxRows));
        Check(MaxCells, nameof(MaxCells));
        Check(MaxFieldBytes, nameof(MaxFieldBytes));
        Check(MaxLineBytes, nameof(MaxLineBytes));
        Check(MaxTotalBytes, nameof(MaxTotalBytes));
        Check(MaxNameLength, nameof(MaxNameLength));
        if (MaxLineBytes > Array.MaxLength / 2)
        {
            throw new LearningException("read_limits_invalid", $"{nameof(MaxLineBytes)} must be at most {Array.MaxLength / 2}.", nameof(MaxLineBytes));
        }
    }

    private static void Check(long value, string limit)
    {
        if (value < 1)
        {
            throw new LearningException("read_limits_invalid", $"{limit} must be at least 1.", limit);
        }
    }
}
