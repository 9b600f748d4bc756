using System.Collections.Frozen;
using Trainyard.Domain.Serving.Forecasts;
using Trainyard.Domain.Serving.Tables;
using Trainyard.Learning;
using Trainyard.Learning.Forecasting;
using Trainyard.Learning.ModelFile;

namespace Trainyard.Domain.Serving;

/// <summary>Makes of a version's file what answers its requests: the one place that knows which kinds of files there are.</summary>
internal static class ArtifactReaders
{
    // By the task of the version; all others are models of tables.
    private static readonly FrozenDictionary<string, Func<ReadOnlyMemory<byte>, ServedModel>> ByTask =
        new Dictionary<string, Func<ReadOnlyMemory<byte>, ServedModel>>(StringComparer.Ordinal)
        {
            [LearningTask.Forecasting.Word()] = file => new ServedForecaster(ForecasterFile.ReadOwn(file)),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a file whose hash is checked already.</summary>
    /// <param name="task">What the version predicts.</param>
    /// <param name="file">The whole file.</param>
    /// <exception cref="LearningException">It is not a file of that kind.</exception>
    public static ServedModel Read(string task, ReadOnlyMemory<byte> file) =>
        ByTask.TryGetValue(task, out Func<ReadOnlyMemory<byte>, ServedModel>? read) ? read(file) : new ServedTable(TabularModelFile.ReadOwn(file));
}
