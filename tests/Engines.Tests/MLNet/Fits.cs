using Trainyard.Learning;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Engines.Tests.MLNet;

/// <summary>What the tests of Microsoft.ML's trainers fit, and how well it does.</summary>
internal static class Fits
{
    /// <summary>Every learner of the engine with every task that it can do.</summary>
    public static TheoryData<string, LearningTask> Pairs
    {
        get
        {
            TheoryData<string, LearningTask> pairs = [];
            foreach (ILearner learner in LearnerCatalog.Engines.Single(engine => engine.Name == "mlnet").Learners.Select(entry => entry.Learner))
            {
                foreach (LearningTask task in learner.Tasks)
                {
                    pairs.Add(learner.Name, task);
                }
            }

            return pairs;
        }
    }

    /// <summary>Ordinary rows for a task: iris, or diabetes where a number is wanted.</summary>
    public static TrainingSet Set(LearningTask task) => task == LearningTask.Regression
        ? Samples.Load("diabetes", standardize: true).SelectRows([.. Enumerable.Range(0, 150)])
        : Samples.Load("iris", standardize: true) with { Task = task };

    /// <summary>Settings that fit quickly.</summary>
    public static LearnerSettings Quick(string learner)
    {
        (string Name, double Value)[] few = [("trees", 10), ("iterations", 10), ("min_rows_per_leaf", 5), ("clusters", 3), ("rank", 2)];
        return Some.Settings([.. few.Where(setting => LearnerCatalog.Get(learner).HyperParameters.Any(parameter => parameter.Name == setting.Name))]);
    }

    public static IModel Fit(string learner, TrainingSet set, LearnerSettings? settings = null, int threads = 1) =>
        LearnerCatalog.Get(learner).Fit(set, settings ?? Quick(learner), new FitOptions(7) { MaxDegreeOfParallelism = threads }, default);

    public static byte[] Written(IModel model)
    {
        SectionWriter writer = new();
        model.Write(writer);
        return writer.Written.ToArray();
    }

    public static IModel Read(string learner, ReadOnlyMemory<byte> written) =>
        LearnerCatalog.Read(learner, new SectionReader("model", written) { IsTrusted = true });

    /// <summary>Accuracy, or the root mean square error, on the odd rows of a model that saw the even ones, in its default settings.</summary>
    public static double Score(string learner, TrainingSet set)
    {
        TrainingSet test = set.SelectRows([.. Enumerable.Range(0, set.Labels.Length).Where(row => row % 2 == 1)]);
        IModel model = Fit(learner, set.SelectRows([.. Enumerable.Range(0, set.Labels.Length).Where(row => row % 2 == 0)]), LearnerSettings.Defaults);
        double[] outputs = model.PredictAll(test.Features);
        return set.Task == LearningTask.Regression
            ? Math.Sqrt(outputs.Select((value, row) => (value - test.Labels[row]) * (value - test.Labels[row])).Average())
            : outputs.Chunk(model.OutputCount).Select((row, index) => Array.IndexOf(row, row.Max()) == test.Labels[index] ? 1.0 : 0).Average();
    }
}
