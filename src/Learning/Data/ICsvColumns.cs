namespace Trainyard.Learning.Data;

/// <summary>What becomes of the cells of a CSV file. Used by one thread, but for <see cref="NextSinks"/>.</summary>
internal interface ICsvColumns
{
    /// <summary>How many columns there are.</summary>
    int Count { get; }

    /// <summary>Whether the bytes of the chunks must be kept, because a type is no more than likely.</summary>
    bool AreUncertain { get; }

    /// <summary>Sinks for the first rows; null for a column that is not wanted.</summary>
    RowSink?[] FirstSinks();

    /// <summary>Sinks for rows behind the first; null for a column that is not wanted. Thread safe.</summary>
    /// <param name="rowsBefore">Rows of the file before, for error messages.</param>
    /// <param name="capacity">Rows to expect.</param>
    RowSink?[] NextSinks(int rowsBefore, int capacity);

    /// <summary>Takes the first rows.</summary>
    void Begin(RowSink?[] sinks);

    /// <summary>Takes the rows of the next chunk.</summary>
    void Absorb(RowSink?[] sinks);
}
