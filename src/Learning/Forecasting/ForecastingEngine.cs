using Trainyard.Learning.Learners;

namespace Trainyard.Learning.Forecasting;

/// <summary>An engine that foretells series as well. Immutable and thread safe.</summary>
public sealed class ForecastingEngine : LearnerEngine
{
    /// <summary>Puts an engine together.</summary>
    /// <param name="name">Lower-case letters and digits.</param>
    /// <param name="learners">The learners, the simplest first.</param>
    /// <param name="methods">The forecasting methods, the simplest first; named as learners are.</param>
    /// <exception cref="ArgumentException">A name is not of the form, or there twice.</exception>
    public ForecastingEngine(string name, IReadOnlyList<LearnerEntry> learners, IReadOnlyList<ForecastEntry> methods)
        : base(name, learners)
    {
        Methods = [.. methods];
        CheckNames(Methods.Select(entry => entry.Method.Name));
    }

    /// <summary>Its forecasting methods, the simplest first.</summary>
    public IReadOnlyList<ForecastEntry> Methods { get; }
}
