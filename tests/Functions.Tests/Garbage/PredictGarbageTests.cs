using Trainyard.Functions.Tests.Registry;
using Xunit.Abstractions;

namespace Trainyard.Functions.Tests.Garbage;

/// <summary>Bodies thrown at a model that is really there, where more than the door can break.</summary>
public sealed class PredictGarbageTests(PlatformHost host, ITestOutputHelper output) : IClassFixture<PlatformHost>
{
    private const int Seed = 20251104;
    private const int Rounds = 1500;

    private static readonly string[] Columns = ["size", "colour", "kind", "siez", "", "📈", "\\u0000", "\\ud800"];
    private static readonly string[] Values = ["1", "-0", "1e308", "1e400", "\"12\"", "\" 3 \"", "\"red\"", "\"NaN\"", "\"Infinity\"", "\"?\"", "\"\"", "null", "true", "[]", "{}", "\"\\udc00\""];

    private static readonly string[] Options =
    [
        "\"explain\":2", "\"explain\":[]", "\"explain\":-1", "\"errors\":\"per_row\"", "\"errors\":{}", "\"unknown_columns\":\"ignore\"", "\"probabilities\":false", "\"instances\":[]", "\"explain\"",
    ];

    [Fact]
    public async Task Predict_Garbage_IsAnsweredOrRefused()
    {
        output.WriteLine($"seed {Seed}");
        await DeployedModel.RegisterAsync(host, "target", "run-1");
        await host.PostAsync("api/v1/models/target/deploy", "");
        Random random = new(Seed);
        int answered = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string body = Body(random);
            using HttpResponseMessage response = await host.PostAsync("api/v1/models/target/predict", body);
            Assert.True((int)response.StatusCode < 500, $"seed {Seed}, round {round}: {body} gave {(int)response.StatusCode}");
            answered += response.IsSuccessStatusCode ? 1 : 0;
        }

        Assert.InRange(answered, 1, Rounds - 1);
    }

    private static string Body(Random random)
    {
        string rows = string.Join(',', Enumerable.Range(0, random.Next(0, 4)).Select(_ => Row(random)));
        string before = random.Next(4) == 0 ? Options[random.Next(Options.Length)] + "," : "";
        string behind = random.Next(4) == 0 ? "," + Options[random.Next(Options.Length)] : "";
        string body = random.Next(6) == 0 ? $$"""{{{before}}"instance":{{Row(random)}}{{behind}}}""" : $$"""{{{before}}"instances":[{{rows}}]{{behind}}}""";
        return random.Next(5) == 0 ? body[..random.Next(body.Length)] : body;
    }

    // Mostly the model's own columns, so that a good part of the bodies reaches the model.
    private static string Row(Random random) =>
        "{" + string.Join(',', Enumerable.Range(0, random.Next(0, 3)).Select(index => $"\"{Column(random, index)}\":{Values[random.Next(Values.Length)]}")) + "}";

    private static string Column(Random random, int index) => random.Next(4) == 0 ? Columns[random.Next(Columns.Length)] : Columns[index];
}
