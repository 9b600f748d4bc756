using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

/// <summary>Model sections whose checksum is right but whose content is hostile.</summary>
public class SectionReaderFuzzTests
{
    private const ulong Seed = 20260101;
    private const int Mutations = 3000;

    [Theory]
    [InlineData("gradient_boosting", "iris")]
    [InlineData("random_forest", "iris")]
    [InlineData("decision_tree", "diabetes")]
    [InlineData("logistic_regression", "iris")]
    [InlineData("linear_regression", "diabetes")]
    [InlineData("neural_network", "iris")]
    [InlineData("sequence_network", "iris")]
    public void Read_OfMutatedSection_IsATypedErrorOrAWorkingModel(string learner, string data)
    {
        TrainingSet set = Samples.Load(data, standardize: true);
        (string, double)[] settings = learner switch
        {
            "gradient_boosting" => [("iterations", 2)],
            "random_forest" => [("trees", 2)],
            "neural_network" or "sequence_network" => [("epochs", 2)],
            _ => [],
        };
        SectionWriter writer = new();
        Some.Fit(learner, set, settings).Write(writer);
        byte[] original = writer.Written.ToArray();
        DeterministicRandom random = new(Seed);
        for (int mutation = 0; mutation < Mutations; mutation++)
        {
            byte[] mutated = Mutate(original, random);
            try
            {
                IModel model = LearnerCatalog.Read(learner, new SectionReader("model", mutated));
                if (model.FeatureCount == set.Features.FeatureCount)
                {
                    // A model file refuses a model whose feature count is not its plan's.
                    _ = model.Predict(new double[model.FeatureCount]);
                    _ = model.Predict([.. Enumerable.Repeat(double.NaN, model.FeatureCount)]);
                }
            }
            catch (LearningException failure)
            {
                Assert.True(failure.Code is "model_file_truncated" or "model_file_invalid", $"seed {Seed}, mutation {mutation}: {failure}");
            }
        }
    }

    private static byte[] Mutate(byte[] original, DeterministicRandom random)
    {
        byte[] mutated = [.. original];
        int kind = random.NextInt(4);
        if (kind == 0)
        {
            return mutated[..random.NextInt(mutated.Length)];
        }

        for (int change = 0; change <= random.NextInt(4); change++)
        {
            int at = random.NextInt(mutated.Length);
            int value = kind switch
            {
                1 => random.NextInt(256),
                2 => 0xFF,
                _ => mutated[at] ^ (1 << random.NextInt(8)),
            };
            mutated[at] = (byte)value;
        }

        return mutated;
    }
}
