using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Learners;
using Trainyard.MLNet.Models;
using Trainyard.MLNet.Series;
using Trainyard.MLNet.Trainers;

namespace Trainyard.MLNet;

/// <content>What there is where the packages are.</content>
public static partial class MLNetEngine
{
    private const string Name = "mlnet";

    // It reads no untrusted bytes: Microsoft.ML's loader makes whatever types a zip names.
    static partial void Compose(ref LearnerEngine? engine) => engine = new ForecastingEngine(
        Name,
        [.. TrainerList.All.Select(trainer => new LearnerEntry(new TrainerLearner(trainer), TransformerModel.Read) { Usual = (_, size) => trainer.Usual(size) })],
        [new ForecastEntry(new SsaMethod(), SsaModel.Read)]);
}
