using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Trainyard.Testing.Azurite;

/// <summary>Azurite as a process of its own, on free ports and in memory.</summary>
public sealed partial class AzuriteProcess : IDisposable
{
    /// <summary>The first of the storage accounts, and the only one unless more are asked for.</summary>
    public const string FirstAccount = "devstoreaccount1";

    // The emulator's key is the same on every machine and documented; further accounts share it.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private readonly Process process;

    private AzuriteProcess(Process process, IReadOnlyDictionary<string, int> ports)
    {
        this.process = process;
        Ports = ports;
    }

    /// <summary>What is missing to run it, and the command that installs it; null when all is there.</summary>
    public static string? Missing =>
        !Requirements.IsOnPath("node") ? "Needs node: apt-get install -y nodejs npm, then npm ci --prefix tests/tools --ignore-scripts"
        : !File.Exists(Script) ? "Needs Azurite: npm ci --prefix tests/tools --ignore-scripts"
        : null;

    /// <summary>The program, as tests/tools installs it.</summary>
    private static string Script { get; } = Path.Combine(TestsFolder(), "tools", "node_modules", "azurite", "dist", "src", "azurite.js");

    /// <summary>The ports by service: Blob, Queue, Table.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; }

    /// <summary>Connects to all three services.</summary>
    public string ConnectionString => ConnectionStringTo(Ports["Table"]);

    /// <summary>As <see cref="ConnectionString"/>, with another port for Table storage.</summary>
    public string ConnectionStringTo(int tablePort) => ConnectionStringOf(FirstAccount, tablePort);

    /// <summary>Connects to all three services of one account, which knows nothing of the others.</summary>
    public string ConnectionStringOf(string account) => ConnectionStringOf(account, Ports["Table"]);

    /// <summary>Connects to all three services of an account by a proxy.</summary>
    public static string ConnectionStringBy(StorageProxy proxy, string account = FirstAccount) => ConnectionStringOf(account, proxy.Ports);

    /// <summary>Starts it, and returns when all three services listen.</summary>
    /// <param name="accounts">Names of storage accounts; the first one alone unless given.</param>
    public static async Task<AzuriteProcess> StartAsync(IEnumerable<string>? accounts = null)
    {
        ProcessStartInfo start = new("node")
        {
            ArgumentList = { Script, "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = string.Join(';', (accounts ?? [FirstAccount]).Select(account => $"{account}:{Key}")) },
        };
        Process launched = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(launched);
        Announcements said = new();
        launched.OutputDataReceived += (_, line) => said.Read(line.Data);
        launched.ErrorDataReceived += (_, line) => said.Read(line.Data);
        launched.BeginOutputReadLine();
        launched.BeginErrorReadLine();
        try
        {
            return new AzuriteProcess(launched, await said.Ports.WaitAsync(StartLimit));
        }
        catch (TimeoutException late)
        {
            Kill(launched);
            throw new InvalidOperationException($"Azurite did not start ({Script}). It said:\n{said}", late);
        }
    }

    public void Dispose()
    {
        Kill(process);
        process.Dispose();
    }

    private string ConnectionStringOf(string account, int tablePort) =>
        ConnectionStringOf(account, new Dictionary<string, int>(Ports, StringComparer.Ordinal) { ["Table"] = tablePort });

    private static string ConnectionStringOf(string account, IReadOnlyDictionary<string, int> ports) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};BlobEndpoint={Address(account, ports["Blob"])};QueueEndpoint={Address(account, ports["Queue"])};TableEndpoint={Address(account, ports["Table"])};";

    private static string Address(string account, int port) => $"http://127.0.0.1:{port}/{account}";

    private static void Kill(Process running)
    {
        try
        {
            running.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static string TestsFolder([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));

    [GeneratedRegex(@"Azurite (?<service>\w+) service is successfully listening at http://127\.0\.0\.1:(?<port>\d+)", RegexOptions.None, 1000)]
    private static partial Regex Listening();

    // What it prints, and the ports among it.
    private sealed class Announcements
    {
        private const int Services = 3;
        private readonly Lock gate = new();
        private readonly StringBuilder text = new();
        private readonly Dictionary<string, int> ports = new(StringComparer.Ordinal);
        private readonly TaskCompletionSource<IReadOnlyDictionary<string, int>> all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<IReadOnlyDictionary<string, int>> Ports => all.Task;

        public void Read(string? line)
        {
            lock (gate)
            {
                text.AppendLine(line);
                if (Listening().Match(line ?? string.Empty) is { Success: true } match)
                {
                    ports[match.Groups["service"].Value] = int.Parse(match.Groups["port"].Value);
                }

                if (ports.Count == Services)
                {
                    all.TrySetResult(ports);
                }
            }
        }

        public override string ToString()
        {
            lock (gate)
            {
                return text.ToString();
            }
        }
    }
}
