using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Learning.Tests.Models;

/// <summary>The sample files as tables, read and typed as a user's would be.</summary>
internal static class SampleTables
{
    private static readonly string[] Colours = ["red", "green", "blue", "black"];

    public static Table Load(string name)
    {
        using FileStream stream = File.OpenRead(Samples.PathOf(name));
        return CsvSource.Read(stream);
    }

    public static TabularModel Fit(string name, string learner, params (string Name, double Value)[] settings) =>
        Fit(Load(name), learner, settings);

    public static TabularModel Fit(Table table, string learner, params (string Name, double Value)[] settings) =>
        TabularTrainer.Fit(
            new TabularFit(table, TargetEncoding.Infer(table), LearnerCatalog.Get(learner)) { Settings = Some.Settings(settings), Options = new FitOptions(7) },
            default);

    /// <summary>A table with numbers, categories, truth values, missing values and a target of two classes.</summary>
    public static Table Mixed()
    {
        DeterministicRandom random = new(11);
        StringBuilder csv = new("age,colour,member,income,bought\n");
        for (int row = 0; row < 300; row++)
        {
            int age = 18 + random.NextInt(60);
            string colour = Colours[random.NextInt(Colours.Length)];
            bool member = random.NextInt(2) == 0;
            string income = random.NextInt(10) == 0 ? string.Empty : $"{20_000 + random.NextInt(80_000)}";
            bool bought = (age > 45) ^ (colour is "red" or "blue") ^ (random.NextInt(12) == 0);
            csv.Append($"{age},{colour},{(member ? "true" : "false")},{income},{(bought ? "yes" : "no")}\n");
        }

        return CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())));
    }
}
