namespace Trainyard.Learning.Forecasting.Smoothing;

/// <summary>How noise enters. The numbers are those of the setting <c>error</c> and of files.</summary>
internal enum ErrorKind
{
    /// <summary>Of the same size everywhere.</summary>
    Additive = 1,

    /// <summary>In proportion to the level.</summary>
    Multiplicative = 2,
}
