using Trainyard.Learning.Forecasting;
using Trainyard.Learning.Learners;
using Trainyard.Learning.ModelFile;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Tests.Data;
using Trainyard.Learning.Tests.Fuzzing;
using Trainyard.Learning.Tests.Learners;

namespace Trainyard.Learning.Tests.Forecasting;

/// <summary>Damaged and hostile files of forecasters, always the same ones, and streams that do not end.</summary>
public class ForecasterFileTests
{
    private const ulong Seed = 31;
    private const int DamagedFiles = 500;
    private const int HostileFiles = 1500;

    private static readonly IntervalOptions Few = IntervalOptions.Default with { Paths = 100 };

    public static TheoryData<string> Methods { get; } = [.. ForecastCatalog.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Read_OfADamagedFile_IsATypedErrorOrAnEqualForecaster(string method)
    {
        Forecaster forecaster = Fit(method);
        byte[] original = ForecasterFile.ToBytes(forecaster);
        DeterministicRandom random = new(Seed);
        for (int mutation = 0; mutation < DamagedFiles; mutation++)
        {
            byte[] file = Mutations.OfFile(original, random);
            Forecaster? read = Read(file, mutation);
            Assert.True(read is null || read.Forecast(3, Few).Points.SequenceEqual(forecaster.Forecast(3, Few).Points), $"seed {Seed}, mutation {mutation}");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Read_OfAHostileSection_IsATypedErrorOrAWorkingForecaster(string method)
    {
        byte[] original = ForecasterFile.ToBytes(Fit(method));
        DeterministicRandom random = new(Seed);
        int working = 0;
        for (int mutation = 0; mutation < HostileFiles; mutation++)
        {
            string section = random.NextInt(3) == 0 ? ForecasterFile.ManifestSection : ModelFileFormat.ModelSection;
            working += Read(Mutations.OfSection(original, section, random), mutation) is { } read && Forecasts(read, mutation) ? 1 : 0;
        }

        // Else every file would fall to the first check, and the others would not be tried.
        Assert.InRange(working, 1, HostileFiles - 1);
    }

    [Fact]
    public async Task ReadAsync_OfAFileWithinTheLimit_IsAnEqualForecaster()
    {
        Forecaster forecaster = Fit("seasonal_naive");
        using MemoryStream file = new();
        await ForecasterFile.WriteAsync(forecaster, file, default);
        file.Position = 0;
        Forecaster read = await ForecasterFile.ReadAsync(file, default, file.Length);
        Assert.Equal(forecaster.Forecast(5).Points, read.Forecast(5).Points);
    }

    [Fact]
    public async Task ReadAsync_OfAnEndlessStream_IsRefusedAtTheLimit()
    {
        using EndlessStream endless = new([], 7, long.MaxValue);
        LearningException failure = await Assert.ThrowsAsync<LearningException>(() => ForecasterFile.ReadAsync(endless, default, 1 << 20));
        Assert.Equal("model_file_too_large", failure.Code);
        Assert.Contains("1048576", failure.Message, StringComparison.Ordinal);
    }

    private static Forecaster Fit(string method) => Forecaster.Fit(
        new ForecastFit(SampleSeries.Load("co2-monthly").First(60), ForecastCatalog.Get(method)) { Settings = Some.Settings(("season_length", 4)), Options = new FitOptions(3) },
        default);

    private static Forecaster? Read(byte[] file, int mutation) =>
        BoundedRead.Try(() => ForecasterFile.Read(file), BoundedRead.IsOfModelFile, $"seed {Seed}, mutation {mutation}");

    private static bool Forecasts(Forecaster forecaster, int mutation)
    {
        try
        {
            return forecaster.Forecast(3, Few).Points.Count == 3;
        }
        catch (LearningException failure)
        {
            // A series that now ends in the year 9999 has no further steps.
            Assert.True(failure.Code == "horizon_out_of_range", $"seed {Seed}, mutation {mutation}: {failure}");
            return false;
        }
    }
}
