using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Datasets;
using Trainyard.Domain.Serving;
using Trainyard.Functions.Configuration;

namespace Trainyard.Functions.Tests.Configuration;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Trainyard:Datasets:MaxUploadBytes", "-1")]
    [InlineData("Trainyard:Datasets:MaxUploadBytes", "lots")]
    [InlineData("Trainyard:Datasets:MaxCachedTableBytes", "-1")]
    [InlineData("Trainyard:Datasets:MaxColumns", "0")]
    [InlineData("Trainyard:Serving:MaxRows", "0")]
    [InlineData("Trainyard:Serving:Freshness", "2.00:00:00")]
    [InlineData("Trainyard:Serving:Freshness", "soon")]
    public void AddTrainyard_SettingOutOfBounds_StopsAndNamesIt(string name, string value)
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddTrainyard(Settings(name, value)));

        Assert.Contains($"'{name}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddTrainyard_SettingsWithinBounds_AreTaken()
    {
        ServiceCollection services = new();
        services.AddTrainyard(Settings("Trainyard:Datasets:ImportContainers", "one, two"));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(["one", "two"], provider.GetRequiredService<DatasetOptions>().ImportContainers);
        Assert.Equal(ServingOptions.DefaultMaxRows, provider.GetRequiredService<ServingOptions>().MaxRows);
    }

    [Fact]
    public void AddTrainyard_ShortNamesOfServing_AreTakenWhereTheLongOnesAreAbsent()
    {
        (string Name, string Value)[] both =
        [
            ("MAX_MODELS_IN_MEMORY", "7"), ("MODEL_CACHE_TTL", "90"), ("WARMUP_ON_LOAD", "false"), ("PRELOAD_MODELS", "iris, acme/wine"),
        ];
        ServingOptions brief = Serving(both);
        ServingOptions full = Serving(
            [.. both, ("Trainyard:Serving:MaxModels", "9"), ("Trainyard:Serving:IdleTime", "00:05:00"), ("Trainyard:Serving:WarmUp", "true"), ("Trainyard:Serving:Preload", "fruit")]);

        Assert.Equal((7, TimeSpan.FromSeconds(90), false), (brief.MaxModels, brief.IdleTime, brief.WarmUp));
        Assert.Equal(["default/iris", "acme/wine"], brief.Preload.Select(model => $"{model.Tenant.Value}/{model.Name}"));
        Assert.Equal((9, TimeSpan.FromMinutes(5), true), (full.MaxModels, full.IdleTime, full.WarmUp));
        Assert.Equal("fruit", Assert.Single(full.Preload).Name);
    }

    [Theory]
    [InlineData("MAX_MODELS_IN_MEMORY", "0", "MAX_MODELS_IN_MEMORY")]
    [InlineData("MODEL_CACHE_TTL", "soon", "MODEL_CACHE_TTL")]
    [InlineData("PRELOAD_MODELS", "No Tenant/wine", "Trainyard:Serving:Preload")]
    public void AddTrainyard_ShortNameOutOfBounds_StopsAndNamesASetting(string name, string value, string named)
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => Serving([(name, value)]));

        Assert.Contains($"'{named}'", exception.Message, StringComparison.Ordinal);
    }

    private static ServingOptions Serving((string Name, string Value)[] settings)
    {
        ServiceCollection services = new();
        services.AddTrainyard(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => KeyValuePair.Create<string, string?>(each.Name, each.Value))).Build());
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<ServingOptions>();
    }

    private static IConfiguration Settings(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(name, value)]).Build();
}
