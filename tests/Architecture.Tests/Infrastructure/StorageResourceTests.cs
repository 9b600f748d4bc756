using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Mono.Cecil;
using Trainyard.Domain.Datasets;
using Trainyard.Functions.Configuration;

namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>The containers and queues that are deployed, held to those that the code names.</summary>
public sealed class StorageResourceTests
{
    [RequiresBicepParserFact]
    public void Containers_HoldEveryOneThatTheCodeWritesToOrImportsFrom()
    {
        string[] deployed = [.. Bicep.File("main.bicep").Variable("containers").Value.Strings];
        string[] named = [.. ConstantsNamed("Container")];
        Assert.NotEmpty(named);
        Assert.Empty(named.Concat(new DatasetOptions().ImportContainers).Except(deployed));
    }

    [RequiresBicepParserFact]
    public void Queues_HoldEveryOneThatAFunctionReceivesFrom()
    {
        string[] deployed = [.. Bicep.File("main.bicep").Variable("queues").Value.Strings];
        Assert.Equal(["pipeline-triggers", "training-requests", "prediction-requests", "feedback", "alerts"], deployed);
        IEnumerable<string> received = typeof(TrainyardServices).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>()?.QueueName)
            .OfType<string>();
        Assert.Empty(received.Except(deployed));
    }

    [RequiresBicepParserFact]
    public void Names_AreThoseThatTheServicesTake()
    {
        // 3 to 63 of lower-case letters, digits and single hyphens between them.
        BicepFile main = Bicep.File("main.bicep");
        Assert.All([.. main.Variable("containers").Value.Strings, .. main.Variable("queues").Value.Strings, main.Variable("packageContainer").Value.Text.Trim('\'')], name =>
        {
            Assert.InRange(name.Length, 3, 63);
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", name);
        });
    }

    [RequiresBicepParserFact]
    public void Account_TakesNoKeysAndNobodyUnknown()
    {
        BicepNode properties = Bicep.File("modules/storage.bicep").Resources.Single(each => each.Name == "account").Body.Properties["properties"];
        Assert.Equal("false", properties.Properties["allowSharedKeyAccess"].Text);
        Assert.Equal("false", properties.Properties["allowBlobPublicAccess"].Text);
        Assert.Equal("'TLS1_2'", properties.Properties["minimumTlsVersion"].Text);
    }

    [RequiresBicepParserFact]
    public void ParametersFile_NamesParametersOfTheTemplate()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Repository.Path("infra", "main.parameters.json")));
        string[] given = [.. file.RootElement.GetProperty("parameters").EnumerateObject().Select(each => each.Name)];
        BicepFile main = Bicep.File("main.bicep");
        Assert.Empty(given.Except(main.Parameters.Select(each => each.Name)));
        Assert.Empty(main.Parameters.Where(each => !each.HasDefault).Select(each => each.Name).Except(given));
    }

    private static IEnumerable<string> ConstantsNamed(string name)
    {
        using AssemblyDefinition assembly = House.Open("Domain");
        return
        [
            .. assembly.MainModule.GetTypes().SelectMany(type => type.Fields)
                .Where(field => field.HasConstant && field.Name.EndsWith(name, StringComparison.Ordinal) && field.Constant is string)
                .Select(field => (string)field.Constant),
        ];
    }
}
