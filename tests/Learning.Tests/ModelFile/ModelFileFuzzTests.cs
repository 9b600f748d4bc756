using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Trainyard.Learning.Calibration;
using Trainyard.Learning.Data;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Ensembles;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.ModelFile;

/// <summary>26,000 damaged or hostile files, always the same ones.</summary>
public partial class ModelFileFuzzTests
{
    private const ulong Seed = 424242;

    /// <summary>A file of some kilobytes must not make its reader allocate more than this.</summary>
    private const long MaximumBytesPerRead = 64L << 20;

    /// <summary>Reading a file of some kilobytes takes far less; what a busy machine delays is read again.</summary>
    private static readonly TimeSpan MaximumTimePerRead = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Extremes = ["-1", "0", "1e308", "-1e308", "2147483647", "2147483648", "-2147483648", "1e400", "0.5", "null", "\"x\"", "[]", "{}", "true"];

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
            TabularModel? read = Read(Mutate(original, random), mutation);
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
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections = SectionedFile.Read(TabularModelFile.ToBytes(Fit(table, learner)));
        DeterministicRandom random = new(Seed);
        int working = 0;
        for (int mutation = 0; mutation < mutations; mutation++)
        {
            byte[] hostile = section == ModelFileFormat.ManifestSection
                ? Meddle(sections[section].ToArray(), random)
                : MutateSection(sections[section].ToArray(), random);
            byte[] file = SectionedFile.Write([.. sections.Select(each => new FileSection(each.Key, each.Key == section ? hostile : each.Value))]);
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

    /// <summary>The model; null when a typed error says what is wrong.</summary>
    private static TabularModel? Read(byte[] file, int mutation)
    {
        for (int attempt = 0; ; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            TabularModel? read = null;
            try
            {
                read = TabularModelFile.Read(file);
            }
            catch (LearningException failure)
            {
                Assert.True(failure.Code.StartsWith("model_file_", StringComparison.Ordinal) || failure.Code == "learner_unknown", $"seed {Seed}, mutation {mutation}: {failure}");
            }

            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MaximumBytesPerRead, $"seed {Seed}, mutation {mutation} allocates too much");
            if (taken < MaximumTimePerRead)
            {
                return read;
            }

            Assert.True(attempt < 5, $"seed {Seed}, mutation {mutation} takes {taken} again and again");
        }
    }

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

    private static byte[] Mutate(byte[] original, DeterministicRandom random)
    {
        byte[] mutated = [.. original];
        switch (random.NextInt(4))
        {
            case 0:
                return mutated[..random.NextInt(mutated.Length)];
            case 1:
                return [.. mutated, (byte)random.NextInt(256)];
            case 2:
                // Headers and lengths, where a byte does most.
                mutated[random.NextInt(80)] = (byte)random.NextInt(256);
                return mutated;
            default:
                mutated[random.NextInt(mutated.Length)] ^= (byte)(1 << random.NextInt(8));
                return mutated;
        }
    }

    private static byte[] MutateSection(byte[] section, DeterministicRandom random)
    {
        if (random.NextInt(6) == 0)
        {
            return section[..random.NextInt(section.Length)];
        }

        int kind = random.NextInt(3);
        for (int change = 0; change <= random.NextInt(3); change++)
        {
            int at = random.NextInt(section.Length);
            section[at] = kind switch
            {
                0 => (byte)random.NextInt(256),
                1 => 0xFF,
                _ => (byte)(section[at] ^ (1 << random.NextInt(8))),
            };
        }

        return section;
    }

    private static byte[] Meddle(byte[] manifest, DeterministicRandom random)
    {
        const string likely = "\"{}[]:,0123456789-eEnulltrf.";
        switch (random.NextInt(4))
        {
            case 0:
                return manifest[..random.NextInt(manifest.Length)];
            case 1:
                // One number becomes another, or no number.
                string text = Encoding.UTF8.GetString(manifest);
                MatchCollection numbers = Number().Matches(text);
                Match chosen = numbers[random.NextInt(numbers.Count)];
                return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, chosen.Index), Extremes[random.NextInt(Extremes.Length)], text.AsSpan(chosen.Index + chosen.Length)));
            default:
                for (int change = 0; change <= random.NextInt(3); change++)
                {
                    manifest[random.NextInt(manifest.Length)] = (byte)likely[random.NextInt(likely.Length)];
                }

                return manifest;
        }
    }

    [GeneratedRegex(@"(?<=[:\[,])-?[0-9][0-9.eE+-]*", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
