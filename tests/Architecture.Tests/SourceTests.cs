using System.Text.RegularExpressions;

namespace Trainyard.Architecture.Tests;

public partial class SourceTests
{
    public static TheoryData<string> Projects => [.. House.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespace_OfEveryFile_IsItsFolder(string project)
    {
        foreach (string file in SourceFiles(project))
        {
            Match declared = NamespaceDeclaration().Match(File.ReadAllText(file));
            string folder = Path.GetRelativePath(Repository.Path("src", project), Path.GetDirectoryName(file)!);
            string expected = folder == "." ? $"Trainyard.{project}" : $"Trainyard.{project}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
            Assert.True(!declared.Success || declared.Groups["name"].Value == expected, $"{file} declares {declared.Groups["name"].Value}; its folder says {expected}.");
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Source_NeverAsksWhichPackagesItIsBuiltOn(string project)
    {
        // The switch between real packages and compat/ lives in project files alone.
        Assert.DoesNotContain(SourceFiles(project), file => File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal)));
    }

    [Fact]
    public void LogEvents_OfAllProjects_HaveNumbersOfTheirOwn()
    {
        string[] numbers = [.. House.Projects.SelectMany(SourceFiles).SelectMany(file => EventNumber().Matches(File.ReadAllText(file)).Select(match => match.Groups["number"].Value))];

        Assert.NotEmpty(numbers);
        Assert.Empty(numbers.GroupBy(number => number, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    private static IEnumerable<string> SourceFiles(string project) =>
        Directory.EnumerateFiles(Repository.Path("src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    [GeneratedRegex(@"EventId = (?<number>\d+)", RegexOptions.None, 1000)]
    private static partial Regex EventNumber();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline, 1000)]
    private static partial Regex NamespaceDeclaration();
}
