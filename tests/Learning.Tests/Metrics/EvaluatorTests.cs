using System.Text.Json;
using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Tests.Metrics;

public class EvaluatorTests
{
    [Fact]
    public void Classification_ByHand_GivesTheTextbookValues()
    {
        // Truth a a a b; predictions a a b b: precision(a) 1, recall(a) 2/3, precision(b) 1/2, recall(b) 1.
        Evaluation evaluation = Evaluator.Classification([0, 0, 0, 1], [0.9, 0.1, 0.8, 0.2, 0.4, 0.6, 0.3, 0.7], ["a", "b"]);
        Assert.Equal(0.75, evaluation.Value("accuracy"));
        Assert.Equal((0.8 + (2.0 / 3)) / 2, evaluation.Value("f1"), 12);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.8) + Math.Log(0.4) + Math.Log(0.7)) / 4, evaluation.Value("log_loss"), 12);
        Assert.Equal(new ClassMetrics("a", 1, 2.0 / 3, 0.8, 3), evaluation.Classes[0]);
        Assert.Equal([2, 1], evaluation.Confusion[0]);
        Assert.Equal([0, 1], evaluation.Confusion[1]);
    }

    [Fact]
    public void Classification_WithSureMistake_HasFiniteLoss() =>
        Assert.Equal(36.04, Evaluator.Classification([0, 1], [0, 1, 0, 1], ["a", "b"]).Value("log_loss") * 2, 2);

    [Fact]
    public void Regression_ByHand_GivesTheTextbookValues()
    {
        // Errors 1, -1, 2 around a mean of 4: squares 6, total 8.
        Evaluation evaluation = Evaluator.Regression([2, 4, 6], [1, 5, 4]);
        Assert.Equal(Math.Sqrt(2), evaluation.Value("rmse"), 12);
        Assert.Equal(4.0 / 3, evaluation.Value("mae"), 12);
        Assert.Equal(0.25, evaluation.Value("r2"), 12);
        Assert.Equal((0.5 + 0.25 + (1.0 / 3)) / 3, evaluation.Value("mape"), 12);
    }

    [Fact]
    public void Value_OfUndefinedMetric_SaysSo()
    {
        Evaluation oneClass = Evaluator.Classification([0, 0], [0.9, 0.1, 0.8, 0.2], ["a", "b"]);
        Assert.Equal("metric_undefined", Assert.Throws<LearningException>(() => oneClass.Value("auc")).Code);
        Assert.Equal("metric_undefined", Assert.Throws<LearningException>(() => Evaluator.Regression([3, 3], [1, 2]).Value("r2")).Code);
        Assert.Equal("metric_task_mismatch", Assert.Throws<LearningException>(() => oneClass.Value("rmse")).Code);
    }

    [Fact]
    public void Classification_WithoutRows_SaysSo() =>
        Assert.Equal("no_rows", Assert.Throws<LearningException>(() => Evaluator.Classification([], [], ["a", "b"])).Code);

    [Fact]
    public void Evaluation_ThroughJson_StaysTheSame()
    {
        Evaluation evaluation = Evaluator.Classification([0, 1, 1], [0.9, 0.1, 0.8, 0.2, 0.4, 0.6], ["a", "b"]);
        Evaluation? back = JsonSerializer.Deserialize<Evaluation>(JsonSerializer.Serialize(evaluation));
        Assert.Equal(JsonSerializer.Serialize(evaluation), JsonSerializer.Serialize(back));
        Assert.Equal(evaluation.Metrics, back!.Metrics);
    }
}
