namespace Trainyard.Learning.Features.Encodings;

/// <summary>The numbers that a point in time is taken apart into.</summary>
internal enum DatePart
{
    /// <summary>Whole days since 1970-01-01: the trend.</summary>
    Days,

    /// <summary>The year.</summary>
    Year,

    /// <summary>1 to 12.</summary>
    Month,

    /// <summary>1 to 31.</summary>
    DayOfMonth,

    /// <summary>1 (Monday) to 7 (Sunday), as ISO 8601.</summary>
    DayOfWeek,

    /// <summary>0 to below 24, minutes as a fraction.</summary>
    Hour,
}
