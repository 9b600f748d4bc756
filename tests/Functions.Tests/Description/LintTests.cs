using System.Diagnostics;

namespace Trainyard.Functions.Tests.Description;

public sealed class LintTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [RequiresRedoclyFact]
    public async Task CommittedDocument_PassesTheLinter()
    {
        (int code, string said) = await LintAsync(RepositoryFiles.Path("docs", "openapi.json"));

        Assert.True(code == 0, said);
        Assert.DoesNotContain("You have ", said, StringComparison.Ordinal);
    }

    [RequiresRedoclyFact]
    public async Task DocumentWithAnUnknownReference_DoesNotPass()
    {
        string broken = Path.Combine(Directory.CreateTempSubdirectory("trainyard-lint-").FullName, "openapi.json");
        string document = await File.ReadAllTextAsync(RepositoryFiles.Path("docs", "openapi.json"));
        await File.WriteAllTextAsync(broken, document.Replace("#/components/schemas/KeyRequest", "#/components/schemas/Absent", StringComparison.Ordinal));

        (int code, string said) = await LintAsync(broken);

        Directory.Delete(Path.GetDirectoryName(broken)!, recursive: true);
        Assert.NotEqual(0, code);
        Assert.Contains("Absent", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> LintAsync(string file)
    {
        // Without the rule of a 4XX for each operation: what anybody may ask refuses nobody.
        ProcessStartInfo start = new("node", [RequiresRedoclyFactAttribute.Program, "lint", file, "--skip-rule=operation-4xx-response"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true", ["NO_COLOR"] = "1" },
        };
        using Process lint = Process.Start(start)!;
        using CancellationTokenSource patience = new(Patience);
        Task<string> output = lint.StandardOutput.ReadToEndAsync(patience.Token);
        string errors = await lint.StandardError.ReadToEndAsync(patience.Token);
        await lint.WaitForExitAsync(patience.Token);
        return (lint.ExitCode, await output + errors);
    }
}
