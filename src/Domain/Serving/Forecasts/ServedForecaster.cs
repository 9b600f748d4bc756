using System.Buffers;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Learning;
using Trainyard.Learning.Forecasting;

namespace Trainyard.Domain.Serving.Forecasts;

/// <summary>A model of a series: takes <c>{"horizon": steps, "level": share}</c> and answers with the steps that follow the series.</summary>
internal sealed class ServedForecaster(Forecaster forecaster) : ServedModel
{
    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte>? FirstRequest => """{"horizon": 1}"""u8.ToArray();

    /// <inheritdoc/>
    public override int Answer(PredictFace face, PredictCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken) =>
        face.Answer(this, call, answer, cancellationToken);

    /// <summary>Foretells what a request asks for.</summary>
    /// <param name="body"><c>{"horizon": steps, "level": share}</c>.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="cancellationToken">Observed at every step.</param>
    /// <exception cref="ProblemException">The request cannot be answered.</exception>
    public Forecast Foretell(ReadOnlySpan<byte> body, PredictCall call, CancellationToken cancellationToken)
    {
        ForecastRequest request = Read(body);
        Forecast forecast = request.Horizon <= call.Limits.MaxRows ? Foretell(request, cancellationToken) : throw ServingProblems.TooManyRows(call.Limits.MaxRows);
        call.Seen?.Take(forecast);
        return forecast;
    }

    private Forecast Foretell(ForecastRequest request, CancellationToken cancellationToken)
    {
        Forecast forecast;
        try
        {
            IntervalOptions intervals = request.Level is { } level ? new IntervalOptions(level) : IntervalOptions.Default;
            forecast = forecaster.Forecast(request.Horizon, intervals, cancellationToken);
        }
        catch (LearningException refused)
        {
            throw new ProblemException(new Problem(ProblemKind.Unprocessable, refused.Code, refused.Message, refused.Field), refused);
        }

        int finite = forecast.Points.TakeWhile(point => double.IsFinite(point.Mean) && double.IsFinite(point.Lower) && double.IsFinite(point.Upper)).Count();
        return finite == forecast.Points.Count ? forecast : throw ServingProblems.ForecastNotFinite(finite);
    }

    // Whoever knows models of tables sends rows; that there is no such field would not say what to do.
    private static ForecastRequest Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return StrictJson.Parse(body, ForecastWire.Default.ForecastRequest, JsonLimits.Default);
        }
        catch (ProblemException unknown) when (unknown.Problem is { Code: "field_unknown", Field: "instances" or "instance" })
        {
            throw ServingProblems.RowsUnsupported(unknown.Problem.Field);
        }
    }
}
