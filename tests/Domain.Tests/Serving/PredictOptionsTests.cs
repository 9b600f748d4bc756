using System.Text.Json;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Serving;
using Trainyard.Learning.Data;
using Trainyard.Learning.Explanations;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Tests.Serving;

public sealed class PredictOptionsTests : IDisposable
{
    private readonly ServingWorld world = new();

    public void Dispose() => world.Dispose();

    [Theory]
    [InlineData("""{"instances":[{"size":1}],"probabilities":false}""")]
    [InlineData("""{"probabilities":false,"instances":[{"size":1}]}""")]
    [InlineData("""{"probabilities":false,"instance":{"size":1}}""")]
    public async Task Probabilities_False_LeavesThemOut(string body)
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        JsonElement answer = await world.PredictAsync(body);

        Assert.Equal(["model", "version", "predictions", "prediction_ids"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal("apple", answer.GetProperty("predictions")[0].GetString());
    }

    [Fact]
    public async Task Explain_Classifier_ListsTheLargestContributionsOfTheExplainer()
    {
        TabularModel model = Forest();
        await world.DeployAsync(model, "run-1");
        Contributions expected = ContributionExplainer.Of(model).Explain(ServingWorld.Rows().SelectRows([1]));

        JsonElement answer = await world.PredictAsync("""{"instances":[{"size":11,"weight":5,"colour":"green"}],"explain":2}""");

        JsonElement explanation = answer.GetProperty("explanations")[0];
        int melon = model.Classes.ToList().IndexOf("melon");
        Assert.Equal(("tree_path_dependent", "probability", "melon"), (explanation.GetProperty("method").GetString(), explanation.GetProperty("scale").GetString(), explanation.GetProperty("label").GetString()));
        Assert.Equal(expected.BaseOf(0, melon), explanation.GetProperty("base").GetDouble());
        Assert.Equal(answer.GetProperty("probabilities")[0].GetProperty("melon").GetDouble(), explanation.GetProperty("score").GetDouble(), 1e-9);
        (string, double)[] listed = [.. explanation.GetProperty("contributions").EnumerateArray().Select(each => (each.GetProperty("column").GetString()!, each.GetProperty("value").GetDouble()))];
        (string, double)[] all = [.. expected.Columns.Select((column, index) => (column, expected.Of(0, melon)[index])).OrderByDescending(each => Math.Abs(each.Item2))];
        Assert.Equal(all[..2], listed);
        Assert.Equal(all[2..].Sum(each => each.Item2), explanation.GetProperty("rest").GetDouble(), 1e-12);
        Assert.NotEqual(0, listed[0].Item2);
    }

    [Fact]
    public async Task Explain_Regressor_AddsUpToThePrediction()
    {
        await world.DeployAsync(ServingWorld.Regressor(), "run-1");

        JsonElement answer = await world.PredictAsync("""{"explain":100,"instances":[{"weight":5,"colour":"green","kind":"melon"},{"weight":1,"colour":"red"}]}""");

        for (int row = 0; row < 2; row++)
        {
            JsonElement explanation = answer.GetProperty("explanations")[row];
            double sum = explanation.GetProperty("base").GetDouble() + explanation.GetProperty("contributions").EnumerateArray().Sum(each => each.GetProperty("value").GetDouble());
            Assert.Equal(answer.GetProperty("predictions")[row].GetDouble(), sum, 1e-9);
            Assert.Equal(("linear", 0.0), (explanation.GetProperty("method").GetString(), explanation.GetProperty("rest").GetDouble()));
            Assert.False(explanation.TryGetProperty("label", out _));
        }
    }

    [Fact]
    public async Task Explain_MoreRowsThanAllowed_IsRefused()
    {
        using ServingWorld small = new(new ServingOptions { MaxExplainedRows = 1 });
        await small.DeployAsync(ServingWorld.Classifier(), "run-1");
        await small.PredictAsync("""{"instances":[{"size":1}],"explain":1}""");

        Problem problem = await TestStores.RefusedAsync(() => small.PredictAsync("""{"instances":[{"size":1},{"size":1}],"explain":1}"""));

        Assert.Equal((ProblemKind.TooLarge, "explained_rows_too_many", "explain"), (problem.Kind, problem.Code, problem.Field));
    }

    [Fact]
    public async Task Explain_ModelWithoutTheDistributionsOfItsRows_IsRefused()
    {
        await world.DeployAsync(ServingWorld.Regressor().With(reference: null), "run-1");

        Problem problem = await TestStores.RefusedAsync(() => world.PredictAsync("""{"instances":[{"weight":1}],"explain":1}"""));

        Assert.Equal((ProblemKind.Unprocessable, "explanation_unavailable", "explain"), (problem.Kind, problem.Code, problem.Field));
    }

    [Theory]
    [InlineData("""{"instances":[{"siez":3,"size":1,"note":{"a":[1]}},{"note":"x","size":12,"kind":"apple"}],"unknown_columns":"ignore"}""")]
    [InlineData("""{"unknown_columns":"ignore","instances":[{"siez":3,"size":1,"note":{"a":[1]}},{"note":"x","size":12,"kind":"apple"}]}""")]
    public async Task UnknownColumns_Ignored_AreNamedOnce(string body)
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        JsonElement answer = await world.PredictAsync(body);

        Assert.Equal(["apple", "melon"], answer.GetProperty("predictions").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(["siez", "note", "kind"], answer.GetProperty("ignored_columns").EnumerateArray().Select(item => item.GetString()));
    }

    [Fact]
    public async Task Errors_PerRow_AnswersGoodRowsBesideTypedErrors()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        string[] rows =
        [
            """{"size":1}""", """{"size":"large","weight":3}""", """{"siez":1,"size":2}""", "7", """{"size":12,"weight":5}""", """{"size":{"a":{"b":[1]}},"weight":2}""",
            "[[1,2],{}]", "{}", """{"size":1,"size":2,"weight":[]}""", """{"kind":"apple"}""", """{"size":2}""",
        ];

        JsonElement answer = await world.PredictAsync($$"""{"instances":[{{string.Join(',', rows)}}],"errors":"per_row","explain":1}""");

        int[] bad = [2, 3, 4, 6, 7, 8, 9, 10];
        Assert.Equal(
            [(2, "value_unusable", "size"), (3, "column_unknown", "siez"), (4, "field_type", "instances"), (6, "value_unusable", "size"), (7, "field_type", "instances"), (8, "instance_empty", "instances"), (9, "column_duplicate", "size"), (10, "column_is_target", "kind")],
            answer.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("row").GetInt32(), error.GetProperty("code").GetString()!, error.GetProperty("field").GetString()!)));
        foreach (string list in new[] { "predictions", "probabilities", "prediction_ids", "explanations" })
        {
            Assert.Equal(bad, answer.GetProperty(list).EnumerateArray().Index().Where(item => item.Item.ValueKind == JsonValueKind.Null).Select(item => item.Index + 1));
        }

        Assert.Equal(("apple", "melon", "apple"), (answer.GetProperty("predictions")[0].GetString(), answer.GetProperty("predictions")[4].GetString(), answer.GetProperty("predictions")[10].GetString()));
    }

    [Fact]
    public async Task Errors_PerRow_WithoutABadRow_IsAnEmptyList()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");

        JsonElement answer = await world.PredictAsync("""{"instance":{"size":1},"errors":"per_row"}""");

        Assert.Equal(0, answer.GetProperty("errors").GetArrayLength());
        Assert.Equal(1, answer.GetProperty("predictions").GetArrayLength());
    }

    [Fact]
    public async Task Errors_PerRow_AnswersTenThousandRowsWithOneBadOne()
    {
        await world.DeployAsync(ServingWorld.Classifier(), "run-1");
        string rows = string.Join(',', Enumerable.Range(1, 10_000).Select(row => row == 6_789 ? """{"size":"?!"}""" : """{"size":1}"""));

        Problem whole = await TestStores.RefusedAsync(() => world.PredictAsync($$"""{"instances":[{{rows}}]}"""));
        JsonElement answer = await world.PredictAsync($$"""{"instances":[{{rows}}],"errors":"per_row"}""");

        Assert.Equal(("value_unusable", 6_789L), (whole.Code, whole.Row));
        Assert.Equal(6_789, Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("row").GetInt32());
        Assert.Equal(9_999, answer.GetProperty("predictions").EnumerateArray().Count(item => item.ValueKind == JsonValueKind.String));
    }

    private static TabularModel Forest()
    {
        Table rows = ServingWorld.Rows();
        TabularFit fit = new(rows, TargetEncoding.Infer(rows, "kind"), LearnerCatalog.Get("random_forest")) { Settings = new LearnerSettings([new("trees", 10)]) };
        return TabularTrainer.Fit(fit, CancellationToken.None);
    }
}
