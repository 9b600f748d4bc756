using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Trainyard.Architecture.Tests.Infrastructure;

/// <summary>The workflows of GitHub: what they may, what they run, and that it is there.</summary>
public sealed partial class WorkflowTests
{
    // What a machine of GitHub's has, and what the steps before bring.
    private static readonly string[] Programs = ["az", "curl"];
    private static readonly Dictionary<string, string> BroughtBy = new(StringComparer.Ordinal) { ["azd"] = "Azure/setup-azd", ["dotnet"] = "actions/setup-dotnet" };

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Repository.Path(".github", "workflows")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Workflow_MayDoLittle(string file)
    {
        YamlMappingNode workflow = Read(file);
        IEnumerable<(string Right, string? Level)> rights = Rights(workflow).Concat(Jobs(workflow).SelectMany(Rights));
        string[] written = [.. rights.Where(each => each.Level != "read").Select(each => each.Right).Distinct(StringComparer.Ordinal)];
        Assert.NotNull(workflow.At("permissions"));
        Assert.Equal(file == "deploy.yml" ? ["id-token"] : [], written);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Jobs_EndAndUsePinnedActionsOfKnownOwners(string file)
    {
        foreach (YamlNode job in Jobs(Read(file)))
        {
            Assert.NotNull(job.Text("timeout-minutes"));
            Assert.DoesNotContain("latest", job.Text("runs-on")!, StringComparison.Ordinal);
            Assert.All(Steps(job).Select(step => step.Text("uses")).OfType<string>(), action => Assert.Matches(PinnedAction(), action));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Steps_RunWhatIsThere(string file)
    {
        int commands = 0;
        foreach (YamlNode job in Jobs(Read(file)))
        {
            string brought = string.Join(' ', Steps(job).Select(step => step.Text("uses")));
            foreach (string line in Steps(job).Select(step => step.Text("run")).OfType<string>().SelectMany(run => run.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
            {
                commands++;
                string program = line.Split(' ')[0];
                bool isOurs = program.Contains('/', StringComparison.Ordinal) && File.Exists(Repository.Path(program));
                bool isBrought = BroughtBy.TryGetValue(program, out string? action) && brought.Contains(action + "@", StringComparison.Ordinal);
                Assert.True(isOurs || isBrought || Programs.Contains(program), $"{file}: nothing brings '{program}'.");
                Assert.All(RepositoryPath().Matches(line).Select(each => each.Value), path => Assert.True(Path.Exists(Repository.Path(path)), $"{file}: there is no '{path}'."));

                // Text that others write, such as the name of a branch, would be run as it stands.
                Assert.DoesNotContain("${{", line, StringComparison.Ordinal);
            }
        }

        Assert.InRange(commands, 1, int.MaxValue);
    }

    [Fact]
    public void Ci_TestsBothOnTheStandInsAndOnWhatIsDeployed()
    {
        YamlNode job = Read("ci.yml").At("jobs", "test")!;
        Assert.Equal(["true", "false"], ((YamlSequenceNode)job.At("strategy", "matrix", "compat")!).Select(each => ((YamlScalarNode)each).Value));
        Assert.Equal("${{ matrix.compat }}", job.Text("env", "UseCompat"));
        Assert.Contains(Steps(job), step => step.Text("run") == ".ci/run");
    }

    [Fact]
    public void Deploy_PassesEveryParameterOn_AndSecretsOnlyWhereTheyAreNeeded()
    {
        YamlNode job = Read("deploy.yml").At("jobs", "deploy")!;
        string[] forAll = [.. job.Keys("env")];
        string[] secrets = [.. Steps(job).Where(step => step.At("env") is not null).SelectMany(step => step.Keys("env"))];
        IEnumerable<string> asked = ParameterVariable().Matches(File.ReadAllText(Repository.Path("infra", "main.parameters.json"))).Select(each => each.Groups["name"].Value);
        Assert.Empty(asked.Except([.. forAll, .. secrets]));
        Assert.Equal(["TRAINYARD_OPERATOR_KEY"], secrets);
        Assert.Equal("false", job.Text("env", "UseCompat"));
        Assert.All(forAll, name => Assert.DoesNotContain("secrets.", job.Text("env", name)!, StringComparison.Ordinal));
        Assert.Contains(Steps(job), step => step.Text("run")?.Contains("--federated-credential-provider github", StringComparison.Ordinal) == true);
    }

    private static YamlMappingNode Read(string file) => Yaml.Read(".github", "workflows", file);

    private static IEnumerable<YamlNode> Jobs(YamlNode workflow) => workflow.Keys("jobs").Select(name => workflow.At("jobs", name)!);

    private static YamlSequenceNode Steps(YamlNode job) => Assert.IsType<YamlSequenceNode>(job.At("steps"));

    private static IEnumerable<(string Right, string? Level)> Rights(YamlNode holder) =>
        holder.At("permissions") is null ? [] : holder.Keys("permissions").Select(right => (right, holder.Text("permissions", right)));

    [GeneratedRegex(@"^(actions|Azure)/[a-z-]+@(v\d+|[0-9a-f]{40})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PinnedAction();

    [GeneratedRegex(@"\b(src|infra|tests|\.ci)/[\w./-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\$\{(?<name>\w+)(=[^}]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ParameterVariable();
}
