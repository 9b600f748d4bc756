namespace Trainyard.Learning.Data;

/// <summary>What the values of a column are.</summary>
public enum ColumnType
{
    /// <summary>Finite 64-bit floating-point numbers.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Points in time, UTC, in ticks of 100 ns.</summary>
    Date,

    /// <summary>One of a set of words: a colour, a country, a class.</summary>
    Category,

    /// <summary>Free text: a comment, a description.</summary>
    Text,
}
