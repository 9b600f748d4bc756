using System.Collections.Frozen;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Bayes;
using Trainyard.Learning.Learners.Boosting;
using Trainyard.Learning.Learners.Clustering;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Learners.Forests;
using Trainyard.Learning.Learners.Linear;
using Trainyard.Learning.Learners.Neighbors;
using Trainyard.Learning.Learners.Networks;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners;

/// <summary>Every learner by name, and the reader of its models. Thread safe.</summary>
public static class LearnerCatalog
{
    private static readonly FrozenDictionary<string, ILearner> ByName;
    private static readonly FrozenDictionary<string, Func<string, SectionReader, IModel>> MemberReaders;

    static LearnerCatalog()
    {
        (ILearner Learner, Func<string, SectionReader, IModel> Reader)[] known =
        [
            (new LogisticRegressionLearner(), LinearModel.Read),
            (new LinearRegressionLearner(), LinearModel.Read),
            (ElasticNetLearner.Ridge, LinearModel.Read),
            (ElasticNetLearner.Lasso, LinearModel.Read),
            (ElasticNetLearner.ElasticNet, LinearModel.Read),
            (new GaussianNaiveBayesLearner(), GaussianNaiveBayesModel.Read),
            (new MultinomialNaiveBayesLearner(), LinearModel.Read),
            (new NearestNeighborsLearner(), NearestNeighborsModel.Read),
            (new DecisionTreeLearner(), TreeEnsembleModel.Read),
            (new RandomForestLearner(), TreeEnsembleModel.Read),
            (new ExtraTreesLearner(), TreeEnsembleModel.Read),
            (new GradientBoostingLearner(), TreeEnsembleModel.Read),
            (new PcaAnomalyLearner(), PcaAnomalyModel.Read),
            (new IsolationForestLearner(), IsolationForestModel.Read),
            (new KMeansLearner(), KMeansModel.Read),
            (new MiniBatchKMeansLearner(), KMeansModel.Read),
            (new NeuralNetworkLearner(), NetworkModel.ReadRows),
            (new SequenceNetworkLearner(), NetworkModel.ReadSequences),
        ];
        All = [.. known.Select(each => each.Learner)];
        ByName = All.ToFrozenDictionary(learner => learner.Name, StringComparer.Ordinal);
        MemberReaders = known.ToFrozenDictionary(each => each.Learner.Name, each => each.Reader, StringComparer.Ordinal);
    }

    /// <summary>All learners, the simplest first.</summary>
    public static IReadOnlyList<ILearner> All { get; }

    /// <summary>The learners that can do <paramref name="task"/>.</summary>
    public static IEnumerable<ILearner> For(LearningTask task) => All.Where(learner => learner.Tasks.Contains(task));

    /// <summary>Looks a learner up by its exact name; null when there is none.</summary>
    public static ILearner? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Looks a learner up by its exact name.</summary>
    /// <exception cref="LearningException"><c>learner_unknown</c>, naming what is known.</exception>
    public static ILearner Get(string name) =>
        Find(name) ?? throw new LearningException("learner_unknown", $"There is no learner '{name}'; known are {string.Join(", ", All.Select(learner => learner.Name))}.", "learner");

    /// <summary>Reads a model that <see cref="IModel.Write"/> of the same learner, or an ensemble, wrote. The bytes are not trusted.</summary>
    /// <exception cref="LearningException"><c>learner_unknown</c>, <c>model_file_truncated</c> or <c>model_file_invalid</c>.</exception>
    public static IModel Read(string name, SectionReader reader)
    {
        IModel model = EnsembleNames.All.Contains(name, StringComparer.Ordinal) ? EnsembleModel.Read(name, reader) : ReadMember(name, reader);
        reader.ExpectEnd();
        return model;
    }

    /// <summary>Reads a model that others may follow. No ensemble is among what it reads, so that no file nests without end.</summary>
    internal static IModel ReadMember(string name, SectionReader reader) => MemberReaders[Get(name).Name](name, reader);
}
