using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Import;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Fuzzing;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Import;

/// <summary>Damaged and hostile files from elsewhere, always the same ones.</summary>
public class ImportFuzzTests
{
    private const ulong Seed = 77;
    private const int Mutations = 2000;

    [Theory]
    [InlineData("binary:logistic")]
    [InlineData("multi:softprob")]
    public void XGBoostRead_OfAMutatedFile_IsATypedErrorOrAWorkingModel(string name)
    {
        string original = WitnessFile.Read<XGBoostImportTests.Case[]>("xgboost_models.json").Single(each => each.Name == name).Model;
        Hold(Encoding.UTF8.GetBytes(original), file => XGBoostImport.Read(file));
    }

    [Theory]
    [InlineData("classification forest")]
    [InlineData("boosted regression")]
    public void OnnxRead_OfAMutatedFile_IsATypedErrorOrAWorkingModel(string name)
    {
        byte[] original = WitnessFile.Read<OnnxImportTests.Case[]>("onnx_trees.json").Single(each => each.Name == name).Bytes;
        Hold(original, file => OnnxImport.Read(file));
    }

    private static void Hold(byte[] original, Func<byte[], TabularModel> read)
    {
        DeterministicRandom random = new(Seed);
        int working = 0;
        for (int mutation = 0; mutation < Mutations; mutation++)
        {
            byte[] mutated = Mutate([.. original], random);
            TabularModel? model = BoundedRead.Try(() => read(mutated), code => code.Length > 0, $"seed {Seed}, mutation {mutation}");
            working += model is null || !Predicts(model) ? 0 : 1;
        }

        Assert.InRange(working, 1, Mutations - 1);
    }

    private static bool Predicts(TabularModel model)
    {
        double[] outputs = model.Predict(new Table([.. model.Inputs.Columns.Select(column => new NumberColumn(column.Name, [0, double.NaN, 1e30, -3]))]));
        return outputs.Length == 4 * model.OutputCount;
    }

    private static byte[] Mutate(byte[] file, DeterministicRandom random)
    {
        if (random.NextInt(6) == 0)
        {
            return file[..random.NextInt(file.Length)];
        }

        int kind = random.NextInt(3);
        for (int change = 0; change <= random.NextInt(3); change++)
        {
            int at = random.NextInt(file.Length);
            file[at] = kind switch
            {
                0 => (byte)random.NextInt(256),
                1 => (byte)('0' + random.NextInt(10)),
                _ => (byte)(file[at] ^ (1 << random.NextInt(8))),
            };
        }

        return file;
    }
}
