using Trainyard.LocalHost.Discovery;
using Trainyard.LocalHost.Hosting;
using Trainyard.LocalHost.Tests.Hosting;

namespace Trainyard.LocalHost.Tests.Discovery;

public sealed class FunctionDiscoveryTests
{
    [Theory]
    [InlineData(typeof(FaultyFunctions.NoTrigger), "exactly one parameter")]
    [InlineData(typeof(FaultyFunctions.TwoTriggers), "exactly one parameter")]
    [InlineData(typeof(FaultyFunctions.NotPublic), "must be public")]
    [InlineData(typeof(FaultyFunctions.PlainResult), "returns String")]
    [InlineData(typeof(FaultyFunctions.WrongRequest), "parameter 'request' of type String must be HttpRequest")]
    [InlineData(typeof(FaultyFunctions.NotInRoute), "parameter 'name' of type String is not in the route (id)")]
    [InlineData(typeof(FaultyFunctions.UnreadableRouteValue), "parameter 'id' of type Uri cannot be read from a route")]
    [InlineData(typeof(FaultyFunctions.BrokenRoute), "its route 'a/{id' cannot be read")]
    [InlineData(typeof(FaultyFunctions.ServiceParameter), "parameter 'clock' of type TimeProvider has no source")]
    [InlineData(typeof(FaultyFunctions.QueueResult), "returns String, which nothing would receive")]
    [InlineData(typeof(FaultyFunctions.ActivityOutput), "an activity's result goes to its orchestrator")]
    [InlineData(typeof(FaultyFunctions.OrchestratorOutput), "call an activity that sends")]
    [InlineData(typeof(FaultyFunctions.OtherOutput), "it has the output binding ElsewhereAttribute, which this host does not carry")]
    [InlineData(typeof(FaultyFunctions.WholeHttpOutput), "return a class with the answer under [HttpResult]")]
    [InlineData(typeof(FaultyFunctions.NothingToSend), "it has a queue output and returns nothing")]
    [InlineData(typeof(FaultyFunctions.BytesOutput), "it sends Byte[] to a queue")]
    [InlineData(typeof(FaultyFunctions.ListOutput), "it sends List`1 to a queue")]
    [InlineData(typeof(FaultyFunctions.NoAnswer), "must be marked with [HttpResult]")]
    [InlineData(typeof(FaultyFunctions.WrongTimer), "parameter 'timer' of type String must be TimerInfo")]
    [InlineData(typeof(FaultyFunctions.ClientInOrchestrator), "parameter 'client' of type DurableTaskClient is a durable client")]
    [InlineData(typeof(FaultyFunctions.BadName), "its name must begin with a letter")]
    [InlineData(typeof(FaultyFunctions.SameName), "its name is also that of")]
    public void Discover_FunctionThatCannotRun_SaysWhichAndWhy(Type type, string expected)
    {
        FunctionDeclarationException exception = Assert.Throws<FunctionDeclarationException>(() => FunctionDiscovery.Discover([type]));

        string fault = Assert.Single(exception.Faults);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Assert.StartsWith("Function '", fault, StringComparison.Ordinal);
        Assert.Contains(type.FullName!, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(FaultyFunctions.SameRoute), "Function 'two': GET A/{name}/b/ is answered by function 'one' already.")]
    [InlineData(typeof(FaultyFunctions.BadSchedule), "Function 'f': its schedule '0 0 0 30 2 *' cannot be used. No date ever matches it.")]
    [InlineData(typeof(FaultyFunctions.MissingSetting), "Function 'f': it names the setting 'Schedule', which is not set.")]
    [InlineData(typeof(FaultyFunctions.BadQueueName), "Function 'f': Queue 'No Name' must be")]
    [InlineData(typeof(FaultyFunctions.MissingQueueSetting), "Function 'f': it names the setting 'Next', which is not set.")]
    [InlineData(typeof(FaultyFunctions.MissingService), "constructor parameter 'unheardOf'")]
    public async Task Start_FunctionThatCannotBeServed_SaysWhichAndWhy(Type type, string expected)
    {
        string folder = TestHost.NewFolder();
        FunctionDeclarationException exception = await Assert.ThrowsAsync<FunctionDeclarationException>(
            () => LocalHostApplication.StartAsync(TestHost.Options(folder, type), CancellationToken.None));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Discover_SeveralFaults_NamesThemAll()
    {
        FunctionDeclarationException exception = Assert.Throws<FunctionDeclarationException>(
            () => FunctionDiscovery.Discover([typeof(FaultyFunctions.PlainResult), typeof(FaultyFunctions.NotInRoute)]));

        Assert.Equal(2, exception.Faults.Count);
    }
}
