using Trainyard.Learning.Data;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Models;

namespace Trainyard.Learning.Tests.ModelFile;

public class ModelFileFuzzTests
{
    private const ulong Seed = 424242;
    private const int Mutations = 2000;

    /// <summary>A file of some kilobytes must not make its reader allocate more than this.</summary>
    private const long MaximumBytesPerRead = 16 << 20;

    [Fact]
    public void Read_OfMutatedFile_IsATypedErrorOrAnEqualModel()
    {
        Table table = SampleTables.Mixed();
        TabularModel model = SampleTables.Fit(table, "gradient_boosting", ("iterations", 3));
        byte[] original = TabularModelFile.ToBytes(model);
        double[] expected = model.Predict(table);
        DeterministicRandom random = new(Seed);
        for (int mutation = 0; mutation < Mutations; mutation++)
        {
            byte[] mutated = Mutate(original, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Assert.Equal(expected, TabularModelFile.Read(mutated).Predict(table));
            }
            catch (LearningException failure)
            {
                Assert.True(failure.Code.StartsWith("model_file_", StringComparison.Ordinal), $"seed {Seed}, mutation {mutation}: {failure}");
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MaximumBytesPerRead, $"seed {Seed}, mutation {mutation} allocates");
        }
    }

    /// <summary>Checksums guard against accidents; here the manifest is hostile and its checksum right.</summary>
    [Fact]
    public void Read_OfMutatedManifest_IsATypedErrorOrAWorkingModel()
    {
        Table table = SampleTables.Mixed();
        byte[] original = TabularModelFile.ToBytes(SampleTables.Fit(table, "logistic_regression"));
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> sections = SectionedFile.Read(original);
        DeterministicRandom random = new(Seed);
        for (int mutation = 0; mutation < Mutations; mutation++)
        {
            byte[] manifest = sections[ModelFileFormat.ManifestSection].ToArray();
            manifest = random.NextInt(4) == 0 ? manifest[..random.NextInt(manifest.Length)] : Meddle(manifest, random);
            byte[] file = SectionedFile.Write([new(ModelFileFormat.ManifestSection, manifest), new(ModelFileFormat.ModelSection, sections[ModelFileFormat.ModelSection])]);
            try
            {
                TabularModel model = TabularModelFile.Read(file);
                _ = model.Predict(table);
            }
            catch (LearningException failure)
            {
                Assert.False(string.IsNullOrEmpty(failure.Code), $"seed {Seed}, mutation {mutation}");
            }
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

    private static byte[] Meddle(byte[] manifest, DeterministicRandom random)
    {
        const string likely = "\"{}[]:,0123456789-eEnulltrf.";
        for (int change = 0; change <= random.NextInt(3); change++)
        {
            manifest[random.NextInt(manifest.Length)] = (byte)likely[random.NextInt(likely.Length)];
        }

        return manifest;
    }
}
