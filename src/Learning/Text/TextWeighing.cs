namespace Trainyard.Learning.Text;

/// <summary>What the value of a term in a text is. The numbers are those of files.</summary>
internal enum TextWeighing
{
    /// <summary>How often it is there.</summary>
    Counts,

    /// <summary>That, times how rare it is among texts; the whole text scaled to length 1.</summary>
    TfIdf,
}
