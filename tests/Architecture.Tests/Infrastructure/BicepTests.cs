using Trainyard.Testing;

namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>What a compiler of Bicep would say first: syntax, names, parameters and outputs of modules.</summary>
public sealed class BicepTests : IDisposable
{
    // Those that are used; another one is looked up and added here.
    private static readonly string[] Functions =
        ["cidrSubnet", "concat", "empty", "environment", "guid", "items", "resourceGroup", "subscription", "subscriptionResourceId", "toLower", "union", "uniqueString"];

    private readonly string folder = ScratchFolder.Create("trainyard-bicep-");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [RequiresBicepParserFact]
    public void Files_AreBicep()
    {
        Assert.NotEmpty(Bicep.Files);
        Assert.All(Bicep.Files, file => Assert.True(file.Errors.Count == 0, $"{file}: {string.Join("; ", file.Errors)}"));
    }

    [RequiresBicepParserTheory]
    [InlineData("param name string =\n")]
    [InlineData("resource a 'Some/type@2024-01-01' = {\n  name: 'a'\n")]
    [InlineData("resource a = {\n  name: 'a'\n}\n")]
    [InlineData("var a = {\n  b 1\n}\n")]
    [InlineData("var a = { b: 1 c: 2 }\n")]
    [InlineData("var a = [1 2]\n")]
    [InlineData("var a = 'open\n")]
    [InlineData("var a = 1 var b = 2\n")]
    [InlineData("module a 'b.bicep' = if empty(c) {\n}\n")]
    [InlineData("parameter a string\n")]
    public void Parse_WhatIsNotBicep_SaysSo(string text) => Assert.NotEmpty(Parse(text).Errors);

    [RequiresBicepParserFact]
    public void Parse_WhatIsBicep_HasNothingToSay() => Assert.Empty(Parse("""
        @description('b')
        param a string = 'c'
        var d = { e: a, f: [1, 2] }
        module g 'h.bicep' = [for i in d.f: if (i > 1) {
          name: 'g${i}'
        }]
        output j string = empty(a) ? g[0]!.outputs.k : d.?e

        """).Errors);

    [RequiresBicepParserFact]
    public void Names_AreDeclaredAndUsedInTheirFile()
    {
        foreach (BicepFile file in Bicep.Files)
        {
            HashSet<string> declared = [.. file.Declarations.Where(each => each.Node.Type != "output_declaration").Select(each => each.Name)];
            HashSet<string> loops = [.. file.Tree.All.Where(each => each.Type == "for_statement").Select(each => each.Nodes[0].Text)];
            HashSet<string> used = [.. file.Declarations.SelectMany(NamesIn)];
            Assert.Empty(used.Except([.. declared, .. loops, .. Functions]).Select(name => $"{file} does not declare '{name}'"));
            IEnumerable<string> values = file.Declarations.Where(each => each.Node.Type is "parameter_declaration" or "variable_declaration" or "type_declaration").Select(each => each.Name);
            Assert.Empty(values.Except(used).Select(name => $"{file} does not use '{name}'"));
        }
    }

    [RequiresBicepParserFact]
    public void Parameters_AreDescribed()
    {
        IEnumerable<string> bare = Bicep.Files.SelectMany(file => file.Parameters.Where(each => !each.Has("description")).Select(each => $"{file}: {each.Name}"));
        Assert.Empty(bare);
    }

    [RequiresBicepParserFact]
    public void Modules_GetWhatTheyTake()
    {
        HashSet<string> reached = ["infra/main.bicep"];
        foreach ((BicepFile caller, BicepDeclaration call, BicepFile module) in Calls())
        {
            reached.Add(module.Path);
            IEnumerable<string> passed = call.Body.Properties["params"].Properties.Keys;
            Assert.Empty(passed.Except(module.Parameters.Select(each => each.Name)).Select(name => $"{caller}: '{call.Name}' takes no '{name}'"));
            IEnumerable<string> required = module.Parameters.Where(each => !each.HasDefault).Select(each => each.Name);
            Assert.Empty(required.Except(passed).Select(name => $"{caller}: '{call.Name}' needs '{name}'"));
        }

        Assert.Empty(Bicep.Files.Select(each => each.Path).Except(reached).Select(path => $"nobody calls {path}"));
    }

    [RequiresBicepParserFact]
    public void Modules_GiveWhatIsAskedOfThem()
    {
        int asked = 0;
        foreach ((BicepFile caller, BicepDeclaration call, BicepFile module) in Calls())
        {
            string[] outputs = [.. module.Outputs.Select(each => each.Name)];
            foreach (BicepNode question in caller.Tree.All.Where(each => IsOutputOf(each, call.Name)))
            {
                asked++;
                Assert.True(outputs.Contains(question.Nodes[1].Text), $"{caller}: '{call.Name}' has no output '{question.Nodes[1].Text}'");
                Assert.True(!call.IsConditional || question.Text.Contains("!.", StringComparison.Ordinal), $"{caller}: '{call.Name}' may be absent where '{question.Text}' is asked for");
            }
        }

        Assert.InRange(asked, 20, int.MaxValue);
    }

    [RequiresBicepParserFact]
    public void Outputs_HoldNoSecrets()
    {
        foreach (BicepFile file in Bicep.Files)
        {
            string[] secrets = [.. file.Parameters.Where(each => each.Has("secure")).Select(each => each.Name)];
            foreach (BicepDeclaration output in file.Outputs)
            {
                Assert.DoesNotContain(NamesIn(output), name => secrets.Contains(name) || name.StartsWith("list", StringComparison.Ordinal));
                Assert.DoesNotContain("ConnectionString", output.Value.Text, StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.Contains(Bicep.File("main.bicep").Parameters, each => each.Name == "operatorKey" && each.Has("secure"));
        Assert.Contains(Bicep.File("modules/vault.bicep").Parameters, each => each.Name == "operatorKey" && each.Has("secure"));
    }

    [RequiresBicepParserFact]
    public void Resources_OfOneType_AreOfOneVersion()
    {
        IEnumerable<IGrouping<string, string>> types = Bicep.Files.SelectMany(file => file.Resources).Select(each => each.Target).Distinct(StringComparer.Ordinal)
            .GroupBy(target => string.Join('/', target.Split('@')[0].Split('/').Take(2)), target => target.Split('@')[1], StringComparer.Ordinal);
        Assert.Empty(types.Where(each => each.Distinct(StringComparer.Ordinal).Skip(1).Any()).Select(each => each.Key));
    }

    private BicepFile Parse(string text)
    {
        string path = Path.Combine(folder, "some.bicep");
        File.WriteAllText(path, text);
        return Bicep.Parse(path)[0];
    }

    private static IEnumerable<(BicepFile Caller, BicepDeclaration Call, BicepFile Module)> Calls() =>
        from caller in Bicep.Files
        from call in caller.Modules
        let path = Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(caller.Path)!, call.Target))[1..]
        select (caller, call, Bicep.Files.Single(each => each.Path == path));

    private static bool IsOutputOf(BicepNode node, string module) =>
        node.Type == "member_expression"
        && node.Nodes[0] is { Type: "member_expression" } outputs
        && outputs.Nodes[1].Text == "outputs"
        && outputs.Nodes[0].Text == module;

    private static IEnumerable<string> NamesIn(BicepDeclaration declaration) => declaration.Node.Nodes.Skip(1).SelectMany(NamesIn);

    // Identifiers in the place of values; those of properties, and of what a loop declares, are none.
    private static IEnumerable<string> NamesIn(BicepNode node) => node.Type switch
    {
        "identifier" => [node.Text],
        "object_property" => [.. node.Nodes[0].Type == "string" ? NamesIn(node.Nodes[0]) : [], .. node.Nodes.Skip(1).SelectMany(NamesIn)],
        _ => node.Nodes.SelectMany(NamesIn),
    };
}
