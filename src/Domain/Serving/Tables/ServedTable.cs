using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving.Faces;
using Trainyard.Domain.Serving.Ids;
using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>A model of tables: takes rows by column name and answers with a prediction for each.</summary>
internal sealed class ServedTable : ServedModel
{
    /// <summary>Multiplications that the explanations of one request may take, about a second's.</summary>
    private const long MaxExplainWork = 1L << 31;

    private readonly TabularModel model;
    private readonly PredictedValue[] tags;
    private RowExplainer? explainer;
    private object? explainerGate;

    public ServedTable(TabularModel model)
    {
        this.model = model;
        Classes = [.. model.Classes.Select(name => JsonEncodedText.Encode(name))];
        tags = [.. model.Classes.Select(PredictedValue.Of)];
        Columns = [.. model.Inputs.Columns.Select(column => column.Name)];
        ColumnsUtf8 = [.. Columns.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The column it predicts.</summary>
    public string Target => model.Target.Column;

    /// <summary>True when it answers with a label and a value for each label; false when with a number.</summary>
    public bool IsClassifier => model.Task.PredictsLabels();

    /// <summary>Labels by index: classes, normal and anomaly, or clusters; empty for numbers.</summary>
    public IReadOnlyList<JsonEncodedText> Classes { get; }

    /// <summary>The columns it reads, with their types.</summary>
    public TableSchema Inputs => model.Inputs;

    /// <summary>The columns it reads, in cell order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The same in UTF-8, to compare with request bytes without making text.</summary>
    public byte[][] ColumnsUtf8 { get; }

    public int OutputCount => model.OutputCount;

    /// <summary>What a row's outputs predict, as its id tells it.</summary>
    public PredictedValue Tag(ReadOnlySpan<double> output) => IsClassifier ? tags[Evaluator.MostProbable(output)] : PredictedValue.Of(output[0]);

    public bool TryGetColumn(string name, out int index) => model.Inputs.TryGetIndex(name, out index);

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte>? FirstRequest =>
        Columns.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(new JsonObject { [PredictFields.SnakeCase.Row] = new JsonObject { [Columns[0]] = null } });

    /// <inheritdoc/>
    public override int Answer(PredictFace face, PredictCall call, IBufferWriter<byte> answer, CancellationToken cancellationToken) =>
        face.Answer(this, call, answer, cancellationToken);

    /// <summary>Predicts the rows of a request.</summary>
    /// <param name="reader">Gives them.</param>
    /// <param name="row">Where it puts each.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="cancellationToken">Observed while rows are explained.</param>
    /// <returns>What became of each; the caller gives it back.</returns>
    public RowPredictions Predict<TReader>(ref TReader reader, ReadOnlySpan<Cell> row, PredictCall call, CancellationToken cancellationToken)
        where TReader : IRowReader, allows ref struct
    {
        RowExplainer? explains = reader.Options.Explain > 0 ? Explainer() : null;
        long explained = explains is null ? 0 : Math.Clamp(MaxExplainWork / Math.Max(explains.WorkPerRow, 1), 1, call.Limits.MaxExplainedRows);
        double[] scratch = ArrayPool<double>.Shared.Rent(Math.Max(model.ScratchLength, 1));
        RowPredictions predictions = new(OutputCount) { Ignored = reader.Ignored };
        try
        {
            while (reader.TryRead(out Problem? refused))
            {
                Span<double> output = predictions.AddRow();
                refused ??= TryPredict(row, output, scratch, reader.RowNumber, reader.Options);
                if (refused is not null)
                {
                    predictions.RefuseLast(refused);
                }
                else if (explains is not null)
                {
                    _ = reader.RowNumber <= explained ? explained : throw ServingProblems.TooManyExplained(explained);
                    predictions.ExplainLast(explains.Explain(scratch.AsSpan(0, model.ScratchLength), cancellationToken));
                }
            }

            call.Seen?.Take(predictions.Values, OutputCount, model.Classes, predictions.Refusals);
            return predictions;
        }
        catch
        {
            predictions.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }

    private Problem? TryPredict(ReadOnlySpan<Cell> row, Span<double> output, double[] scratch, int number, PredictOptions options)
    {
        try
        {
            model.Predict(row, output, scratch);
            return null;
        }
        catch (LearningException exception)
        {
            ProblemException unusable = ServingProblems.ValueUnusable(exception.Field ?? string.Empty, number, exception.Message, exception);
            return options.AnswersPerRow ? unusable.Problem : throw unusable;
        }
    }

    private RowExplainer Explainer()
    {
        try
        {
            if (Volatile.Read(ref explainer) is { } made)
            {
                return made;
            }

            made = LazyInitializer.EnsureInitialized(ref explainer, ref explainerGate, () => RowExplainer.Of(model));
            Measure();
            return made;
        }
        catch (LearningException unavailable)
        {
            throw new ProblemException(new Problem(ProblemKind.Unprocessable, unavailable.Code, unavailable.Message, "explain"), unavailable);
        }
    }
}
