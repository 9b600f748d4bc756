namespace Trainyard.Learning.Forecasting;

/// <summary>A time axis as a file holds it.</summary>
internal sealed record TimeAxisDocument(TimeUnit Unit, DateTime Origin, double Start, double Step, bool AtMonthEnd)
{
    public static TimeAxisDocument Of(TimeAxis axis) => new(axis.Unit, axis.Origin, axis.Start, axis.Step, axis.AtMonthEnd);

    /// <exception cref="ArgumentException">Its numbers make no axis.</exception>
    /// <exception cref="LearningException"><c>model_file_invalid</c>.</exception>
    public TimeAxis ToAxis()
    {
        DateTime origin = DateTime.SpecifyKind(Origin, DateTimeKind.Utc);
        bool whole = Step >= 1 && Step == Math.Floor(Step);
        return Unit switch
        {
            TimeUnit.Month when whole && Step <= int.MaxValue => TimeAxis.Months(origin, (int)Step, AtMonthEnd),
            TimeUnit.Tick when whole && Step <= DateTime.MaxValue.Ticks => TimeAxis.Durations(origin, TimeSpan.FromTicks((long)Step)),
            TimeUnit.Number => TimeAxis.Numbers(Start, Step),
            _ => throw new LearningException("model_file_invalid", $"The forecaster's file is not valid: there are no steps of {Step} {Unit}.", ForecasterFile.ManifestSection),
        };
    }
}
