using Trainyard.Domain.Problems;
using Trainyard.Learning;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Import;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Registry.Uploads;

/// <summary>A model file that was read: what the registry is to know of it, and the bytes that it keeps.</summary>
/// <param name="Format"><c>tym</c>, <c>xgboost</c> or <c>onnx</c>.</param>
/// <param name="Kept">A <c>.tym</c> file; the very bytes that came, when they were one.</param>
/// <param name="Task">What it predicts, in snake case.</param>
/// <param name="TargetColumn">The column it predicts.</param>
/// <param name="Inputs">The columns that it reads.</param>
/// <param name="Lineage">What the file says of where it comes from.</param>
internal sealed record ReceivedFile(
    string Format, ReadOnlyMemory<byte> Kept, string Task, string TargetColumn, IReadOnlyList<ModelInput> Inputs, Learning.Models.ModelLineage Lineage)
{
    private const string OwnFormat = "tym";

    // What a series' columns are called where nobody says: its file knows times and values, and no names of columns.
    private const string DefaultTimeColumn = "time";

    /// <summary>Reads a file. What it is, its bytes say.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="upload">What is said of it.</param>
    /// <exception cref="ProblemException"><c>upload_option_unused</c>.</exception>
    /// <exception cref="LearningException">As of <see cref="ModelUploads.RegisterAsync"/>.</exception>
    public static ReceivedFile Read(ReadOnlyMemory<byte> file, ModelUpload upload)
    {
        if (ForecasterFile.IsOne(file.Span))
        {
            return OfSeries(file, upload);
        }

        if (TabularModelFile.IsOne(file.Span))
        {
            return upload is { Target: null, Columns: null, Classes: null }
                ? OfTable(OwnFormat, file, upload.IsOwnFile ? TabularModelFile.ReadOwn(file) : TabularModelFile.Read(file))
                : throw Unused("A .tym file says itself what it predicts, from which columns, into which classes; leave target, columns and classes out.", "target");
        }

        ImportOptions options = new()
        {
            Columns = upload.Columns, Classes = upload.Classes, Target = upload.Target ?? ImportOptions.DefaultTarget, MaximumBytes = ModelUploads.MaxBytes,
        };
        (string format, TabularModel model) = file.Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..]
            ? ("xgboost", XGBoostImport.Read(file.Span, options))
            : ("onnx", OnnxImport.Read(file.Span, options));
        return OfTable(format, TabularModelFile.ToBytes(model), model);
    }

    private static ReceivedFile OfTable(string format, ReadOnlyMemory<byte> kept, TabularModel model) =>
        new(format, kept, model.Task.Word(), model.Target.Column, ModelInput.AllOf(model.Inputs), model.Lineage);

    private static ReceivedFile OfSeries(ReadOnlyMemory<byte> file, ModelUpload upload)
    {
        if (upload.Classes is not null || upload.Columns is { Count: not 1 })
        {
            throw Unused("A forecaster has no classes, and of columns one, that of its times.", upload.Classes is null ? "columns" : "classes");
        }

        Forecaster forecaster = upload.IsOwnFile ? ForecasterFile.ReadOwn(file) : ForecasterFile.Read(file);
        string times = upload.Columns?[0] ?? DefaultTimeColumn;
        return new ReceivedFile(
            OwnFormat, file, LearningTask.Forecasting.Word(), upload.Target ?? ImportOptions.DefaultTarget, ModelInput.TimesOf(times, forecaster.Axis), forecaster.Lineage);
    }

    private static ProblemException Unused(string detail, string field) => new(new Problem(ProblemKind.Malformed, "upload_option_unused", detail, field));
}
