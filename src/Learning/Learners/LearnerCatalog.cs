using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Bayes;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Learners.Clustering;
using Trainyard.Learning.Learners.Forests;
using Trainyard.Learning.Learners.Linear;
using Trainyard.Learning.Learners.Neighbors;
using Trainyard.Learning.Learners.Networks;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners;

/// <summary>Every learner by name, and the reader of its models. Thread safe.</summary>
public static class LearnerCatalog
{
    private static readonly LearnerRegistry Registry = new(
    [
        new(new LogisticRegressionLearner(), LinearModel.Read),
        new(new LinearRegressionLearner(), LinearModel.Read),
        new(ElasticNetLearner.Ridge, LinearModel.Read),
        new(ElasticNetLearner.Lasso, LinearModel.Read),
        new(ElasticNetLearner.ElasticNet, LinearModel.Read),
        new(new GaussianNaiveBayesLearner(), GaussianNaiveBayesModel.Read),
        new(new MultinomialNaiveBayesLearner(), LinearModel.Read),
        new(new NearestNeighborsLearner(), NearestNeighborsModel.Read),
        new(new DecisionTreeLearner(), TreeEnsembleModel.Read),
        new(new RandomForestLearner(), TreeEnsembleModel.Read),
        new(new ExtraTreesLearner(), TreeEnsembleModel.Read),
        new(new GradientBoostingLearner(), TreeEnsembleModel.Read),
        new(new PcaAnomalyLearner(), PcaAnomalyModel.Read),
        new(new IsolationForestLearner(), IsolationForestModel.Read),
        new(new KMeansLearner(), KMeansModel.Read),
        new(new MiniBatchKMeansLearner(), KMeansModel.Read),
        new(new NeuralNetworkLearner(), NetworkModel.ReadRows),
        new(new SequenceNetworkLearner(), NetworkModel.ReadSequences),
    ]);

    /// <summary>All learners: ours, the simplest first, then those of each engine.</summary>
    public static IReadOnlyList<ILearner> All => Registry.All;

    /// <summary>The engines that were added, in that order.</summary>
    public static IReadOnlyList<LearnerEngine> Engines => Registry.Engines;

    /// <summary>Adds the learners of an engine, all or none, for as long as the process lives. Of an engine that is there already nothing changes.</summary>
    /// <remarks>To be called before anything is trained or read: lists that were made earlier do not know of it.</remarks>
    /// <exception cref="InvalidOperationException">Another engine has its name, or a learner the name of one of its.</exception>
    public static void Add(LearnerEngine engine) => Registry.Add(engine);

    /// <summary>The learners that can do <paramref name="task"/>.</summary>
    public static IEnumerable<ILearner> For(LearningTask task) => All.Where(learner => learner.Tasks.Contains(task));

    /// <summary>Looks a learner up by its exact name; null when there is none.</summary>
    public static ILearner? Find(string name) => Registry.Find(name);

    /// <summary>Looks a learner up by its exact name.</summary>
    /// <exception cref="LearningException"><c>learner_unknown</c>, naming what is known.</exception>
    public static ILearner Get(string name) => Registry.Get(name);

    /// <summary>Reads a model that <see cref="IModel.Write"/> of the same learner, or an ensemble, wrote. Unless the reader says so the bytes are not trusted.</summary>
    /// <exception cref="LearningException"><c>learner_unknown</c>, <c>model_file_truncated</c>, <c>model_file_invalid</c> or <c>model_file_untrusted</c>.</exception>
    public static IModel Read(string name, SectionReader reader) => Registry.Read(name, reader);

    /// <summary>Reads a model that others may follow. No ensemble is among what it reads, so that no file nests without end.</summary>
    internal static IModel ReadMember(string name, SectionReader reader) => Registry.ReadMember(name, reader);
}
