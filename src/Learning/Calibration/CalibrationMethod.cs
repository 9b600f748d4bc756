namespace Trainyard.Learning.Calibration;

/// <summary>How probabilities are mapped to what really happens.</summary>
public enum CalibrationMethod
{
    /// <summary>A logistic curve of the log-odds: two numbers, for few rows.</summary>
    Platt,

    /// <summary>Any rising curve: for a thousand rows or more.</summary>
    Isotonic,
}
