using System.Buffers;
using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Registry;
using Trainyard.Learning;
using Trainyard.Learning.Forecasting;

namespace Trainyard.Domain.Serving.Forecasts;

/// <summary>A model of a series: takes <c>{"horizon": steps, "level": share}</c> and answers with the steps that follow the series.</summary>
internal sealed class ServedForecaster(Forecaster forecaster) : ServedModel
{
    /// <inheritdoc/>
    public override int Answer(
        ModelVersion version, ReadOnlySpan<byte> body, int maxRows, IIdSource ids, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        ForecastRequest request = Read(body);
        if (request.Horizon > maxRows)
        {
            throw ServingProblems.TooManyRows(maxRows);
        }

        Forecast forecast = Foretell(request, cancellationToken);
        Write(answer, version, forecast, ids);
        return forecast.Points.Count;
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

    private static void Write(IBufferWriter<byte> answer, ModelVersion version, Forecast forecast, IIdSource ids)
    {
        using Utf8JsonWriter json = new(answer);
        json.WriteStartObject();
        json.WriteString("model", version.ModelName);
        json.WriteString("version", version.Label);
        json.WriteString("method", forecast.Method);
        json.WriteNumber("level", forecast.Level);
        json.WriteStartArray("forecast");
        foreach (ForecastPoint point in forecast.Points)
        {
            json.WriteStartObject();
            json.WriteString("time", point.Time);
            json.WriteNumber("value", point.Mean);
            json.WriteNumber("lower", point.Lower);
            json.WriteNumber("upper", point.Upper);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("prediction_ids");
        foreach (ForecastPoint _ in forecast.Points)
        {
            json.WriteStringValue(ids.NewId());
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
