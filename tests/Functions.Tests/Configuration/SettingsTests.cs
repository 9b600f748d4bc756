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

    private static IConfiguration Settings(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(name, value)]).Build();
}
