using System.Diagnostics;
using System.Text.Json;

namespace Trainyard.EndToEnd.Tests;

public class ReadmeTests
{
    private const string Marker = "----- snippet ends -----";

    [RequiresFact("bash", "curl", "jq")]
    public async Task ApiByExample_RunAsPrinted_AnswersAsPrinted()
    {
        string root = Repository.Root;
        IReadOnlyList<Snippet> snippets = Snippet.Read(Path.Combine(root, "README.md"), "The API by example");
        using TemporaryFolder data = new();
        await using HostProcess host = await HostProcess.StartAsync(data.Path);

        string[] answers = await RunInOneShellAsync(root, snippets, host.Address);

        Assert.Equal(snippets.Count, answers.Length);
        foreach ((Snippet snippet, string answer) in snippets.Zip(answers).Where(pair => pair.First.Answer is not null))
        {
            using JsonDocument example = JsonDocument.Parse(snippet.Answer!);
            using JsonDocument actual = JsonDocument.Parse(answer);
            IEnumerable<string> differences = JsonShape.Differences(example.RootElement, actual.RootElement);
            Assert.True(!differences.Any(), $"README line {snippet.Line}: {string.Join("; ", differences)}\nThe answer was: {answer}");
        }
    }

    // One shell, so that a variable set in one snippet is there in the next, as it is for a reader.
    private static async Task<string[]> RunInOneShellAsync(string root, IReadOnlyList<Snippet> snippets, Uri address)
    {
        IEnumerable<string> parts = snippets.Select(snippet => $"{snippet.Command}\necho '\n{Marker}'");
        string script = "set -euo pipefail\n" + string.Join('\n', parts).Replace("http://127.0.0.1:7071", address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        ProcessStartInfo start = new("bash") { UseShellExecute = false, WorkingDirectory = root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process shell = Process.Start(start)!;
        Task<string> output = shell.StandardOutput.ReadToEndAsync();
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        await shell.StandardInput.WriteAsync(script);
        shell.StandardInput.Close();
        await shell.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
        Assert.True(shell.ExitCode == 0, $"A snippet failed.\n{await output}\n{await errors}");
        return (await output).Split(Marker, StringSplitOptions.TrimEntries)[..^1];
    }
}
