using Trainyard.Learning.Calibration;
using Trainyard.Learning.Data;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.Calibration;

public class CalibratedModelTests
{
    [Theory]
    [InlineData("breast-cancer", CalibrationMethod.Platt)]
    [InlineData("breast-cancer", CalibrationMethod.Isotonic)]
    [InlineData("digits", CalibrationMethod.Platt)]
    [InlineData("digits", CalibrationMethod.Isotonic)]
    public void Calibrate_AModelThatIsTooSure_MakesItHonestOnOtherRows(string data, CalibrationMethod method)
    {
        Table all = SampleTables.Load(data);
        TabularModel model = SampleTables.Fit(Part(all, 0), "decision_tree", ("min_rows_per_leaf", 1));
        TabularModel calibrated = model.Calibrate(Part(all, 1), method);
        Table test = Part(all, 2);
        Assert.True(calibrated.Evaluate(test).Value("brier_score") < model.Evaluate(test).Value("brier_score"));
        Assert.True(calibrated.Evaluate(test).Value("log_loss") < model.Evaluate(test).Value("log_loss"));
        Assert.All(calibrated.Predict(test).Chunk(model.OutputCount), row => Assert.Equal(1, row.Sum(), 1e-12));
    }

    [Theory]
    [InlineData("breast-cancer", CalibrationMethod.Platt)]
    [InlineData("iris", CalibrationMethod.Isotonic)]
    public void Read_OfACalibratedModel_PredictsTheSameBits(string data, CalibrationMethod method)
    {
        Table all = SampleTables.Load(data);
        TabularModel model = SampleTables.Fit(Part(all, 0), "random_forest", ("trees", 5)).Calibrate(Part(all, 1), method);
        byte[] file = TabularModelFile.ToBytes(model.With(model.Lineage with { Dataset = "d" }));
        TabularModel back = TabularModelFile.Read(file);
        Assert.Equal(model.Predict(all), back.Predict(all));
        Assert.Equal(file, TabularModelFile.ToBytes(back));
    }

    [Fact]
    public void Predict_Calibrated_RowByRowAndAsATable_IsTheSame()
    {
        Table all = SampleTables.Load("iris");
        TabularModel model = SampleTables.Fit(Part(all, 0), "logistic_regression").Calibrate(Part(all, 1), CalibrationMethod.Platt);
        double[] expected = model.Predict(all);
        double[] output = new double[3];
        for (int row = 0; row < all.RowCount; row++)
        {
            model.Predict([.. model.Inputs.Columns.Select(column => all[column.Name].CellAt(row))], output, new double[model.ScratchLength]);
            Assert.Equal(expected.AsSpan(row * 3, 3).ToArray(), output);
        }
    }

    [Theory]
    [InlineData(CalibrationMethod.Platt)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void Predict_Calibrated_AllocatesNothing(CalibrationMethod method)
    {
        Table all = SampleTables.Load("iris");
        TabularModel model = SampleTables.Fit(Part(all, 0), "decision_tree").Calibrate(Part(all, 1), method);
        Cell[] cells = [.. model.Inputs.Columns.Select(column => all[column.Name].CellAt(0))];
        double[] output = new double[3];
        double[] scratch = new double[model.ScratchLength];
        model.Predict(cells, output, scratch);
        long bytes = Allocations.Of(() =>
        {
            for (int call = 0; call < 100; call++)
            {
                model.Predict(cells, output, scratch);
            }
        });
        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Calibrate_WhatCannotBe_SaysSo()
    {
        Table diabetes = SampleTables.Load("diabetes");
        TabularModel numbers = SampleTables.Fit(diabetes, "linear_regression");
        Assert.Equal("calibration_needs_classes", Assert.Throws<LearningException>(() => numbers.Calibrate(diabetes, CalibrationMethod.Platt)).Code);
        Table iris = SampleTables.Load("iris");
        TabularModel classes = SampleTables.Fit(iris, "decision_tree");
        Assert.Equal("calibration_one_class", Assert.Throws<LearningException>(() => classes.Calibrate(iris.SelectRows([0, 1]), CalibrationMethod.Isotonic)).Code);
    }

    /// <summary>Every third row, from a first one on.</summary>
    private static Table Part(Table table, int first) => table.SelectRows([.. Enumerable.Range(0, table.RowCount).Where(row => row % 3 == first)]);
}
