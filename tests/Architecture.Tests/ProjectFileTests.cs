using System.Xml.Linq;

namespace Trainyard.Architecture.Tests;

public class ProjectFileTests
{
    [Fact]
    public void CompatReferences_AreAllBehindTheSwitch()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories))
        {
            IEnumerable<XElement> unconditional = XDocument.Load(file).Descendants("ProjectReference")
                .Where(reference => reference.Attribute("Include")!.Value.Contains("compat/", StringComparison.Ordinal))
                .Where(reference => reference.Parent!.Attribute("Condition")?.Value != "'$(UseCompat)' == 'true'");
            Assert.Empty(unconditional);
        }
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        string solution = File.ReadAllText(Repository.Path("Functions.sln")).Replace('\\', '/');
        string[] rooms = ["src", "compat", "tests", "benchmarks"];
        IEnumerable<string> projects = rooms
            .SelectMany(room => Directory.EnumerateFiles(Repository.Path(room), "*.csproj", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace(Path.DirectorySeparatorChar, '/'));
        Assert.All(projects, project => Assert.Contains(project, solution, StringComparison.Ordinal));
    }
}
