using Trainyard.Learning;
using Trainyard.Learning.Binary;
using Trainyard.MLNet.Models;

namespace Trainyard.Engines.Tests.Models;

public class OutputMapTests
{
    public static TheoryData<string> Kinds { get; } = ["classes", "pair", "one", "number", "anomaly", "clusters"];

    [Fact]
    public void Fill_ClassesOfWhichOneNeverOccurred_GivesItNothing() =>
        Assert.Equal([0, 0.2, 0, 0.2, 0.6], Filled(new OutputMap.ClassOutputs(5, [1, 3, 4]), 1, 1, 3));

    [Fact]
    public void Fill_TwoClasses_SharesWhatTheSecondLeaves() =>
        Assert.Equal([0.75, 0, 0.25], Filled(new OutputMap.ClassOutputs(3, [0, 2]), 0.25f));

    [Fact]
    public void Fill_ASingleClass_IsSureOfIt() => Assert.Equal([0, 1], Filled(new OutputMap.ClassOutputs(2, [1])));

    [Theory]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    [InlineData(0f, 0f, 0f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity)]
    public void Fill_AnswersThatAreNoProbabilities_StillSumsToOne(float first, float second, float third)
    {
        double[] outputs = Filled(new OutputMap.ClassOutputs(3, [0, 1, 2]), first, second, third);

        Assert.Equal(1, outputs.Sum(), 1e-12);
        Assert.All(outputs, output => Assert.InRange(output, 0, 1));
    }

    [Fact]
    public void Fill_ANumber_IsInTheUnitOfTheLabels() => Assert.Equal([10 + (2 * 1.5)], Filled(new OutputMap.NumberOutput(10, 2), 1.5f));

    [Theory]
    [InlineData(0.25f, 0.5)]
    [InlineData(0.75f, 0.75)]
    [InlineData(0f, 0.0)]
    [InlineData(float.NaN, 0.0)]
    public void Fill_AnError_CountsAsHalfAnAnomalyAtTheThreshold(float error, double score) =>
        Assert.Equal([1 - score, score], Filled(new OutputMap.AnomalyOutput(0.25), error));

    [Fact]
    public void Fill_Distances_TakesTheFirstOfTheLeast() => Assert.Equal([0, 1, 0], Filled(new OutputMap.ClusterOutputs(3), 3, 1, 1));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_OfWhatWasWritten_FillsTheSame(string kind)
    {
        OutputMap map = Of(kind);
        float[] raw = [.. Enumerable.Range(1, map.RawCount).Select(value => value / 8f)];

        OutputMap back = OutputMap.Read(new SectionReader("model", Written(map)));

        Assert.Equal((map.Count, map.RawCount), (back.Count, back.RawCount));
        Assert.Equal(Filled(map, raw), Filled(back, raw));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_EveryCutAndEveryChangedByte_IsReadOrRefusedAndNothingElse(string kind)
    {
        byte[] whole = Written(Of(kind));
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 0xFF;
            foreach (byte[] damaged in new[] { whole[..place], changed })
            {
                Exception? failure = Record.Exception(() => OutputMap.Read(new SectionReader("model", damaged)));
                Assert.True(failure is null or LearningException, $"{place}: {failure}");
            }

            Assert.Throws<LearningException>(() => OutputMap.Read(new SectionReader("model", whole[..place])));
        }
    }

    private static OutputMap Of(string kind) => kind switch
    {
        "classes" => new OutputMap.ClassOutputs(5, [1, 3, 4]),
        "pair" => new OutputMap.ClassOutputs(3, [0, 2]),
        "one" => new OutputMap.ClassOutputs(2, [1]),
        "number" => new OutputMap.NumberOutput(10, 2),
        "anomaly" => new OutputMap.AnomalyOutput(0.25),
        _ => new OutputMap.ClusterOutputs(3),
    };

    private static byte[] Written(OutputMap map)
    {
        SectionWriter writer = new();
        map.Write(writer);
        return writer.Written.ToArray();
    }

    private static double[] Filled(OutputMap map, params float[] raw)
    {
        double[] outputs = new double[map.Count];
        map.Fill(raw, outputs);
        return outputs;
    }
}
