namespace Trainyard.MLNet.Series;

/// <summary>A value of a series as Microsoft.ML reads it.</summary>
internal sealed class SeriesPoint
{
    /// <summary>Centred and scaled.</summary>
    public float Value { get; set; }
}
