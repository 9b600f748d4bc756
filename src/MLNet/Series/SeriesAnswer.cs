namespace Trainyard.MLNet.Series;

/// <summary>A forecast as Microsoft.ML gives it: three columns of as many values as were asked for.</summary>
internal sealed class SeriesAnswer
{
    /// <summary>The expected values.</summary>
    public float[] Mean { get; set; } = [];

    /// <summary>The lower bounds.</summary>
    public float[] Lower { get; set; } = [];

    /// <summary>The upper bounds.</summary>
    public float[] Upper { get; set; } = [];
}
