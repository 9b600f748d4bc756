using Trainyard.Learning.Calibration;
using Trainyard.Learning.Data;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Ensembles;
using Trainyard.Learning.Tests.Fuzzing;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.ModelFile;

/// <summary>26,000 damaged or hostile files, always the same ones.</summary>
public class ModelFileFuzzTests
{
    private const ulong Seed = 424242;

    [Theory]
    [InlineData("gradient_boosting", 3000)]
    [InlineData("logistic_regression", 2000)]
    public void Read_OfMutatedFile_IsATypedErrorOrAnEqualModel(string learner, int mutations)
    {
        Table table = SampleTables.Mixed();
        TabularModel model = Fit(table, learner);
        byte[] original = TabularModelFile.ToBytes(model);
        double[] expected = model.Predict(table);
        DeterministicRandom random = new(Seed);
        for (int mutation = 0; mutation < mutations; mutation++)
        {
            TabularModel? read = Read(Mutations.OfFile(original, random), mutation);
            Assert.True(read is null || expected.SequenceEqual(read.Predict(table)), $"seed {Seed}, mutation {mutation}");
        }
    }

    /// <summary>Checksums guard against accidents; here one section is hostile and its checksum right.</summary>
    [Theory]
    [InlineData("logistic_regression", ModelFileFormat.ManifestSection, 3000)]
    [InlineData("gradient_boosting", ModelFileFormat.ManifestSection, 3000)]
    [InlineData("gradient_boosting", ModelFileFormat.ModelSection, 3000)]
    [InlineData("random_forest", ModelFileFormat.ModelSection, 2000)]
    [InlineData("logistic_regression", ModelFileFormat.ModelSection, 2000)]
    [InlineData("neural_network", ModelFileFormat.ModelSection, 2000)]
    [InlineData("averaging", ModelFileFormat.ModelSection, 2000)]
    [InlineData("stacking", ModelFileFormat.ModelSection, 2000)]
    [InlineData("decision_tree", ModelFileFormat.CalibrationSection, 2000)]
    public void Read_OfAHostileSection_IsATypedErrorOrAWorkingModel(string learner, string section, int mutations)
    {
        Table table = SampleTables.Mixed();
        Table few = table.SelectRows([0, 1, 2, 3, 4]);
        byte[] original = TabularModelFile.ToBytes(Fit(table, learner));
        DeterministicRandom random = new(Seed);
        int working = 0;
        for (int mutation = 0; mutation < mutations; mutation++)
        {
            byte[] file = Mutations.OfSection(original, section, random);
            working += Read(file, mutation) is { } model && Predicts(model, few, mutation) ? 1 : 0;
        }

        // Else every file would fall to the first check, and the others would not be tried.
        Assert.InRange(working, 1, mutations - 1);
    }

    private static TabularModel Fit(Table table, string learner) => (learner switch
    {
        "averaging" => Samples.Fit(EnsembleMethod.Averaging, table),
        "stacking" => Samples.Fit(EnsembleMethod.Stacking, table),
        "gradient_boosting" => SampleTables.Fit(table, learner, ("iterations", 3)),
        "random_forest" => SampleTables.Fit(table, learner, ("trees", 2), ("max_depth", 5)),
        _ => SampleTables.Fit(table, learner),
    }).Calibrate(table, learner == "decision_tree" ? CalibrationMethod.Isotonic : CalibrationMethod.Platt);

    private static TabularModel? Read(byte[] file, int mutation) =>
        BoundedRead.Try(() => TabularModelFile.Read(file), BoundedRead.IsOfModelFile, $"seed {Seed}, mutation {mutation}");

    private static bool Predicts(TabularModel model, Table rows, int mutation)
    {
        try
        {
            double[] outputs = model.Predict(rows);
            Assert.True(outputs.Length == rows.RowCount * model.OutputCount, $"seed {Seed}, mutation {mutation}");
            return true;
        }
        catch (LearningException)
        {
            // A column that now has another type or name refuses its values.
            return false;
        }
    }
}
