using System.CommandLine;
using System.CommandLine.Parsing;
using Trainyard.LocalHost.CommandLine;
using Trainyard.LocalHost.Hosting;
using Trainyard.LocalHost.Tests.Hosting;

namespace Trainyard.LocalHost.Tests.CommandLine;

public sealed class LocalHostCommandTests
{
    [Theory]
    [InlineData("", "http://127.0.0.1:7071", ".trainyard")]
    [InlineData("--port 0", "http://127.0.0.1:0", ".trainyard")]
    [InlineData("--port=8080 --data /tmp/x", "http://127.0.0.1:8080", "/tmp/x")]
    [InlineData("--urls http://*:80;http://localhost:81", "http://*:80 http://localhost:81", ".trainyard")]
    [InlineData("--urls http://0.0.0.0:80;http://[::1]:81", "http://0.0.0.0:80 http://[::1]:81", ".trainyard")]
    public void Read_Arguments_BecomeOptions(string arguments, string urls, string data)
    {
        LocalHostOptions options = Read(arguments, out ParseResult parsed);

        Assert.Empty(parsed.Errors);
        Assert.Equal(urls, string.Join(' ', options.Urls));
        Assert.Equal(data, options.DataFolder);
        Assert.True(options.HandleSignals);
    }

    [Theory]
    [InlineData("--port -1", "--port takes a number from 0 to 65535, not '-1'.")]
    [InlineData("--port 65536", "--port takes a number from 0 to 65535, not '65536'.")]
    [InlineData("--port abc", "--port takes a number from 0 to 65535, not 'abc'.")]
    [InlineData("--port 7e3", "--port takes a number from 0 to 65535, not '7e3'.")]
    [InlineData("--port 99999999999", "--port takes a number from 0 to 65535, not '99999999999'.")]
    [InlineData("--urls ftp://x", "--urls takes addresses")]
    [InlineData("--urls ;", "--urls takes addresses")]
    [InlineData("--urls http://", "--urls takes addresses")]
    [InlineData("--urls http://127.0.0.1:abc", "--urls takes addresses")]
    [InlineData("--urls http://somewhere:80", "--urls takes addresses")]
    [InlineData("--urls http://localhost:0", "--urls takes addresses")]
    [InlineData("--urls http://127.0.0.1:80/path", "--urls takes addresses")]
    [InlineData("--port 1 --urls http://127.0.0.1:2", "Give --port or --urls, not both.")]
    public void Parse_WrongArguments_SayWhatIsRight(string arguments, string expected)
    {
        ParseResult parsed = Command().Parse(CommandLineParser.SplitCommandLine(arguments).ToArray());

        ParseError error = Assert.Single(parsed.Errors);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--nonsense")]
    public void Parse_UnknownArguments_AreErrors(string arguments) =>
        Assert.NotEmpty(Command().Parse(CommandLineParser.SplitCommandLine(arguments).ToArray()).Errors);

    [Fact]
    public async Task Invoke_FolderInUse_SaysSoAndExitsWith1()
    {
        string folder = TestHost.NewFolder();
        await using (await LocalHostApplication.StartAsync(TestHost.Options(folder), CancellationToken.None))
        {
            await using StringWriter error = new();

            int exitCode = await LocalHostCommand.Create(error).Parse(["--port", "0", "--data", folder]).InvokeAsync();

            Assert.Equal(1, exitCode);
            Assert.Contains("Another host uses the data folder", error.ToString(), StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Invoke_FileThatCannotBeOpened_SaysSoAndExitsWith1()
    {
        string folder = TestHost.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "durable.db"));
        await using StringWriter error = new();

        int exitCode = await LocalHostCommand.Create(error).Parse(["--port", "0", "--data", folder]).InvokeAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("durable.db' cannot be opened", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("--data", error.ToString(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Invoke_StoppedWhileItStarts_ExitsWith0AndLetsGoOfTheFolder()
    {
        string folder = TestHost.NewFolder();
        await using StringWriter error = new();

        int exitCode = await LocalHostCommand.Create(error).Parse(["--port", "0", "--data", folder]).InvokeAsync(cancellationToken: new CancellationToken(canceled: true));

        Assert.Equal((0, ""), (exitCode, error.ToString()));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Start_SeveralUrls_AnswersOnEach()
    {
        await using TestHost host = await TestHost.StartAsync(options => options with { Urls = ["http://127.0.0.1:0", "http://127.0.0.1:0"] });

        Assert.Equal(2, host.Application.Addresses.Distinct().Count());
        foreach (Uri address in host.Application.Addresses)
        {
            using HttpResponseMessage answer = await host.Client.GetAsync(address);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("documents.db")]
    [InlineData("durable.db")]
    [InlineData("queues.db")]
    [InlineData("blobs/index.db")]
    public async Task Invoke_DamagedDatabase_SaysWhichAndExitsWith1(string file)
    {
        string folder = TestHost.NewFolder();
        string path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, new string('x', 8192));
        await using StringWriter error = new();

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        int exitCode = await LocalHostCommand.Create(error).Parse(["--port", "0", "--data", folder]).InvokeAsync(cancellationToken: patience.Token);

        Assert.Equal(1, exitCode);
        Assert.Contains($"'{path}' is not a database", error.ToString(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static RootCommand Command()
    {
        RootCommand command = new("test");
        new ServeOptions().AddTo(command);
        return command;
    }

    private static LocalHostOptions Read(string arguments, out ParseResult parsed)
    {
        ServeOptions serve = new();
        RootCommand command = new("test");
        serve.AddTo(command);
        parsed = command.Parse(CommandLineParser.SplitCommandLine(arguments).ToArray());
        return serve.Read(parsed);
    }
}
