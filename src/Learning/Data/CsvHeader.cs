namespace Trainyard.Learning.Data;

/// <summary>Whether the first record of a CSV file names the columns.</summary>
public enum CsvHeader
{
    /// <summary>It does unless one of its fields is a number, a date or a truth value.</summary>
    Detect,

    /// <summary>It does.</summary>
    Present,

    /// <summary>It does not; columns are called <c>column_1</c>, <c>column_2</c> and so on.</summary>
    Absent,
}
