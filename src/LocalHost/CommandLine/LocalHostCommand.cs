using System.CommandLine;
using Trainyard.LocalHost.Demo;
using Trainyard.LocalHost.Discovery;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.LocalHost.CommandLine;

/// <summary>The command line: serves until Ctrl-C, or shows the main job first.</summary>
internal static class LocalHostCommand
{
    private const int Failed = 1;

    /// <summary>A stop takes as long as the host's own drain; the command line must not cut it short after its two seconds.</summary>
    public static InvocationConfiguration Invocation { get; } = new() { ProcessTerminationTimeout = Timeout.InfiniteTimeSpan };

    /// <summary>The root command.</summary>
    /// <param name="error">Where it says why the host cannot start; the standard error stream by default.</param>
    public static RootCommand Create(TextWriter? error = null)
    {
        ServeOptions serve = new();
        RootCommand root = new("Runs Trainyard on this machine: HTTP, timers, queues and durable orchestrations in one process.");
        serve.AddTo(root);
        root.SetAction((parsed, cancellationToken) => ServeAsync(serve.Read(parsed), error ?? Console.Error, cancellationToken));
        root.Subcommands.Add(CreateDemo());
        return root;
    }

    private static Command CreateDemo()
    {
        ServeOptions serve = new();
        Option<bool> exit = new("--exit") { Description = "Stop when the demo is done, instead of leaving the host running." };
        Command demo = new("demo", "Trains, evaluates, deploys and asks a model on a sample dataset, over HTTP, and shows every step.");
        serve.AddTo(demo);
        demo.Options.Add(exit);
        demo.SetAction((parsed, cancellationToken) =>
        {
            DemoCommand command = new(DemoOptions.BreastCancer(parsed.GetValue(exit)), DemoScreen.CreateConsole(), TimeProvider.System);
            return command.RunAsync(serve.Read(parsed) with { LogToConsole = false }, cancellationToken);
        });
        return demo;
    }

    private static async Task<int> ServeAsync(LocalHostOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await using LocalHostApplication host = await LocalHostApplication.StartAsync(options, cancellationToken);
            Console.WriteLine($"Trainyard listens on {string.Join(" and ", host.Addresses)}. Its state is in {Path.GetFullPath(options.DataFolder)}. Ctrl-C stops it.");
            await host.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped while it started: a stop like any other.
            return 0;
        }
        catch (Exception exception) when (exception is LocalHostException or FunctionDeclarationException)
        {
            await error.WriteLineAsync(exception.Message);
            return Failed;
        }
    }
}
