using Trainyard.Learning.Data;
using Trainyard.Learning.Ensembles;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Ensembles;

/// <summary>Small ensembles of members that want different features.</summary>
internal static class Samples
{
    public static Table Table(string data) => data == "mixed" ? SampleTables.Mixed() : SampleTables.Load(data);

    public static TabularModel Fit(EnsembleMethod method, string data, int threads = 2) => Fit(method, Table(data), threads);

    public static TabularModel Fit(EnsembleMethod method, Table table, int threads = 2)
    {
        TargetEncoding target = TargetEncoding.Infer(table);
        MemberFit[] members =
        [
            new(LearnerCatalog.Get("random_forest")) { Settings = new([new("trees", 3), new("max_depth", 5)]), Weight = 2 },
            new(LearnerCatalog.Get(target.Task == LearningTask.Regression ? "ridge" : "logistic_regression")),
            new(LearnerCatalog.Get("decision_tree")) { Settings = new([new("max_depth", 3)]), Weight = 0.5 },
        ];
        EnsembleFit fit = new(table, target, method, members) { Folds = 3, Options = new FitOptions(7) { MaxDegreeOfParallelism = threads } };
        return EnsembleTrainer.Fit(fit, default);
    }
}
