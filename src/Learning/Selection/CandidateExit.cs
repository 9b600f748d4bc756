namespace Trainyard.Learning.Selection;

/// <summary>Why a candidate's race ended.</summary>
public enum CandidateExit
{
    /// <summary>It was scored on all rows.</summary>
    Finished,

    /// <summary>Others did better on a part of the rows.</summary>
    Outscored,

    /// <summary>The time budget ended before it was scored where it stood.</summary>
    TimeUp,

    /// <summary>It cannot be fitted or scored on these rows; the entry's code says why.</summary>
    Failed,
}
