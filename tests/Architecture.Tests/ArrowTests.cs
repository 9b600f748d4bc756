using Mono.Cecil;

namespace Trainyard.Architecture.Tests;

public class ArrowTests
{
    [Fact]
    public void Projects_PointOneWay()
    {
        for (int floor = 0; floor < House.Projects.Length; floor++)
        {
            string[] above = House.Projects[(floor + 1)..];
            using AssemblyDefinition assembly = House.Open(House.Projects[floor]);
            IEnumerable<string> references = assembly.MainModule.AssemblyReferences.Select(reference => reference.Name);
            Assert.DoesNotContain(references, name => above.Any(project => name == $"Trainyard.{project}"));
        }
    }

    [Fact]
    public void Engine_KnowsTheLearnersAlone()
    {
        using AssemblyDefinition assembly = House.Open("MLNet");
        IEnumerable<string> ours = assembly.MainModule.AssemblyReferences.Select(reference => reference.Name).Where(name => name.StartsWith("Trainyard.", StringComparison.Ordinal));
        Assert.Equal(["Trainyard.Learning"], ours);
    }

    [Theory]
    [InlineData("Learning")]
    [InlineData("Domain")]
    public void Core_KnowsNoCloudNoWebNoDatabase(string project)
    {
        string[] forbidden = ["Azure.", "Microsoft.Azure.", "Microsoft.AspNetCore.", "Microsoft.DurableTask", "Microsoft.Data.", "SQLitePCL", "Microsoft.ML", "Trainyard.MLNet", "Trainyard.Compat."];
        using AssemblyDefinition assembly = House.Open(project);
        IEnumerable<string> references = assembly.MainModule.AssemblyReferences.Select(reference => reference.Name);
        Assert.DoesNotContain(references, name => forbidden.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Learning")]
    [InlineData("MLNet")]
    [InlineData("Domain")]
    [InlineData("Functions")]
    [InlineData("LocalHost")]
    public void Folders_OfOneProject_FormNoCircle(string project)
    {
        Dictionary<(string From, string To), string> arrows = House.FolderArrows(project);
        IReadOnlyList<string> circle = House.FindCircle(arrows.Keys);
        IEnumerable<string> drawnBy = circle.Zip(circle.Skip(1), (from, to) => arrows[(from, to)]);
        Assert.True(circle.Count == 0, $"{project}: {string.Join(" -> ", circle)}\n  {string.Join("\n  ", drawnBy)}");
    }

    [Fact]
    public void FindCircle_OnACircle_NamesIt()
    {
        Assert.Equal(["b", "c", "b"], House.FindCircle([("a", "b"), ("b", "c"), ("c", "b")]));
        Assert.Empty(House.FindCircle([("a", "b"), ("b", "c"), ("a", "c")]));
    }
}
