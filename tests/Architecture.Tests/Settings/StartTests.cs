using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Trainyard.Functions.Configuration;
using Trainyard.Functions.Storage;
using Trainyard.Functions.Timers;

namespace Trainyard.Architecture.Tests.Settings;

/// <summary>The app as Program.cs composes it for Azure: what is wrong with it shows at the start, not at the first request.</summary>
public class StartTests
{
    /// <summary>Every setting whose default is a number, a duration or a flag: those that a wrong value can be told of.</summary>
    public static TheoryData<string> Measured() =>
        [.. SampleSettings.Values.Where(each => each.Key.StartsWith("Trainyard", StringComparison.Ordinal) && IsMeasured(each.Value)).Select(each => each.Key)];

    [Theory]
    [MemberData(nameof(Measured))]
    public void Setting_OfTheWrongKind_StopsTheStartAndIsNamed(string name)
    {
        string setting = name.Replace("__", ":", StringComparison.Ordinal);
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => Compose((setting, "many")));
        Assert.Contains($"'{setting}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_AreWhole()
    {
        using ServiceProvider services = Compose().BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Assert.NotEmpty(services.GetServices<IHostedService>());
    }

    [Fact]
    public void Functions_AllFindWhatTheirClassesAskFor()
    {
        using ServiceProvider services = Compose().BuildServiceProvider();
        Type[] classes = [.. typeof(PipelineTimer).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.GetMethods().Any(IsFunction))];
        Assert.True(classes.Length > 30, $"{classes.Length} classes of functions were found.");
        using IServiceScope scope = services.CreateScope();
        Assert.All(classes, type => Assert.NotNull(ActivatorUtilities.CreateInstance(scope.ServiceProvider, type)));
    }

    private static bool IsFunction(System.Reflection.MethodInfo method) => method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "FunctionAttribute");

    private static ServiceCollection Compose(params (string Name, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("AzureWebJobsStorage", "UseDevelopmentStorage=true"), .. settings.Select(each => KeyValuePair.Create<string, string?>(each.Name, each.Value))])
            .Build();
        ServiceCollection services = new();
        services.AddLogging().AddOptions();
        services.AddSingleton(configuration);
        services.AddSingleton<IHostApplicationLifetime, NeverStopped>();
        services.AddAzureStorage(configuration).AddTrainyard(configuration);
        return services;
    }

    private static bool IsMeasured(string value) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out _) || TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _) || bool.TryParse(value, out _);

    private sealed class NeverStopped : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => throw new NotSupportedException("Nothing here runs.");
    }
}
