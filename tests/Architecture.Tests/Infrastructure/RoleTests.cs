using Mono.Cecil;

namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>Holds the roles on storage to the calls that the adapters in src/Functions/Storage make.</summary>
public sealed class RoleTests
{
    // The roles' ids, and the actions below Microsoft.Storage/storageAccounts that those on storage grant:
    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    private static readonly Dictionary<string, string> Ids = new(StringComparer.Ordinal)
    {
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["Storage Queue Data Contributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["Storage Table Data Contributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["Key Vault Secrets User"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["Cognitive Services OpenAI User"] = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
        ["Durable Task Data Contributor"] = "0ad04412-c4d5-4796-b79c-f76d14c8d402",
    };

    private static readonly Dictionary<string, string[]> Grants = new(StringComparer.Ordinal)
    {
        ["Storage Blob Data Owner"] = ["containers/read", "containers/write", "containers/delete", "blobs/read", "blobs/write", "blobs/delete"],
        ["Storage Queue Data Contributor"] = ["queues/read", "queues/write", "queues/delete", "messages/read", "messages/write", "messages/delete"],
        ["Storage Table Data Contributor"] = ["tables/read", "tables/write", "tables/delete", "entities/read", "entities/write", "entities/delete"],
    };

    // What each call that the adapters make needs:
    // https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory
    private static readonly Dictionary<string, string[]> Needs = new(StringComparer.Ordinal)
    {
        ["BlobBaseClient.DeleteIfExistsAsync"] = ["blobs/delete"],
        ["BlobBaseClient.DownloadStreamingAsync"] = ["blobs/read"],
        ["BlobBaseClient.ExistsAsync"] = ["blobs/read"],
        ["BlobBaseClient.GetPropertiesAsync"] = ["blobs/read"],
        ["BlobContainerClient.CreateIfNotExistsAsync"] = ["containers/write"],
        ["BlobContainerClient.GetBlobsAsync"] = ["blobs/read"],
        ["BlockBlobClient.CommitBlockListAsync"] = ["blobs/write"],
        ["BlockBlobClient.GetBlockListAsync"] = ["blobs/read"],
        ["BlockBlobClient.StageBlockAsync"] = ["blobs/write"],
        ["BlockBlobClient.UploadAsync"] = ["blobs/write"],
        ["QueueClient.CreateIfNotExistsAsync"] = ["queues/write"],
        ["QueueClient.DeleteMessageAsync"] = ["messages/delete"],
        ["QueueClient.GetPropertiesAsync"] = ["queues/read"],
        ["QueueClient.PeekMessagesAsync"] = ["messages/read"],
        ["QueueClient.ReceiveMessagesAsync"] = ["messages/read", "messages/delete"],
        ["QueueClient.SendMessageAsync"] = ["messages/write"],
        ["QueueClient.UpdateMessageAsync"] = ["messages/write"],
        ["TableClient.CreateIfNotExistsAsync"] = ["tables/write"],
        ["TableClient.GetEntityIfExistsAsync"] = ["entities/read"],
        ["TableClient.QueryAsync"] = ["entities/read"],
        ["TableClient.SubmitTransactionAsync"] = ["entities/write", "entities/delete"],
    };

    [RequiresBicepParserFact]
    public void StorageRoles_CoverWhatTheAdaptersCall_AndNoServiceThatNobodyCalls()
    {
        Assert.Equal(string.Join('\n', Needs.Keys.Order(StringComparer.Ordinal)), string.Join('\n', Calls().Order(StringComparer.Ordinal)));

        string[][] granted = [.. Bicep.File("modules/roles.bicep").Variable("storageRoles").Value.Properties.Keys.Select(role => Grants[role])];
        string[] needed = [.. Needs.Values.SelectMany(each => each).Distinct(StringComparer.Ordinal)];
        Assert.Empty(needed.Except(granted.SelectMany(each => each)));
        Assert.All(granted, actions => Assert.NotEmpty(actions.Intersect(needed)));
    }

    [RequiresBicepParserFact]
    public void Roles_HaveTheIdsOfTheirNames()
    {
        BicepFile file = Bicep.File("modules/roles.bicep");
        Dictionary<string, string> assigned = file.Declarations.Where(each => each.Node.Type == "variable_declaration")
            .SelectMany(each => each.Value.Properties)
            .ToDictionary(each => each.Key, each => each.Value.Text.Trim('\''), StringComparer.Ordinal);
        Assert.Equal(Ids.OrderBy(each => each.Key, StringComparer.Ordinal), assigned.OrderBy(each => each.Key, StringComparer.Ordinal));
    }

    [RequiresBicepParserFact]
    public void Roles_AreAssignedInOneModule()
    {
        IEnumerable<string> files = Bicep.Files
            .Where(file => file.Resources.Any(each => each.Target.StartsWith("Microsoft.Authorization/roleAssignments@", StringComparison.Ordinal)))
            .Select(file => file.Path);
        Assert.Equal(["infra/modules/roles.bicep"], files);
    }

    private static IEnumerable<string> Calls()
    {
        using AssemblyDefinition assembly = House.Open("Functions");
        return
        [
            .. assembly.MainModule.GetTypes()
                .SelectMany(type => type.Methods).Where(method => method.HasBody)
                .SelectMany(method => method.Body.Instructions)
                .Select(instruction => instruction.Operand).OfType<MethodReference>()
                .Where(called => IsOfStorage(called.DeclaringType.Namespace) && called.DeclaringType.Name.EndsWith("Client", StringComparison.Ordinal) && called.Name.EndsWith("Async", StringComparison.Ordinal))
                .Select(called => $"{called.DeclaringType.Name}.{called.Name}")
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static bool IsOfStorage(string space) =>
        space.StartsWith("Azure.Storage.", StringComparison.Ordinal) || space is "Azure.Data.Tables";
}
