using System.Buffers;
using Trainyard.Domain.Serving.Forecasts;
using Trainyard.Domain.Serving.Tables;
using Trainyard.Learning.Forecasting;

namespace Trainyard.Domain.Serving.Faces;

/// <inheritdoc cref="PredictFace.Rows"/>
internal sealed class RowsFace : PredictFace
{
    /// <inheritdoc/>
    internal override int Answer(ServedTable model, PredictCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        using RentedRow row = new(model.Columns.Count);
        InstanceReader reader = new(call.Body, model, PredictFields.SnakeCase, call.Limits.MaxRows, row.Cells, row.LastRow);
        using RowPredictions predictions = model.Predict(ref reader, row.Cells, call, cancellationToken);
        PredictionWriter.Write(answer, call.Version, model, reader.Options, predictions, call.Id);
        return predictions.PredictedCount;
    }

    /// <inheritdoc/>
    internal override int Answer(ServedForecaster model, PredictCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        Forecast forecast = model.Foretell(call.Body, call, cancellationToken);
        ForecastWriter.Write(answer, ForecastWords.SnakeCase, call.Version, forecast, call.Id);
        return forecast.Points.Count;
    }

    /// <inheritdoc/>
    internal override void Read(ServedTable model, PredictCall call, RowVisit visit)
    {
        using RentedRow row = new(model.Columns.Count);
        InstanceReader reader = new(call.Body, model, PredictFields.SnakeCase, call.Limits.MaxRows, row.Cells, row.LastRow);
        ReadAll(ref reader, row.Cells, visit);
    }
}
