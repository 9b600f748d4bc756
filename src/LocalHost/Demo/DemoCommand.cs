using System.Text.Json.Nodes;
using Spectre.Console;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.LocalHost.Demo;

/// <summary>The main job as a person would do it over HTTP: upload, train, evaluate, deploy, predict.</summary>
internal sealed class DemoCommand(DemoOptions options, IAnsiConsole console, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(150);

    // The sample takes seconds; a run that is not done by then never will be.
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(5);
    private static readonly string[] GoodEnds = ["deployed"];
    private static readonly string[] Ends = [.. GoodEnds, "completed", "rejected", "failed", "cancelled"];

    /// <summary>Starts a host, runs the job, and leaves the host running unless the options say otherwise.</summary>
    /// <returns>0 when a model was trained, deployed and asked; 1 when any step failed.</returns>
    public async Task<int> RunAsync(LocalHostOptions hostOptions, CancellationToken cancellationToken)
    {
        try
        {
            await using LocalHostApplication host = await LocalHostApplication.StartAsync(hostOptions, cancellationToken);
            console.MarkupLineInterpolated($"[bold]Trainyard[/] listens on {host.BaseAddress}");
            using HttpClient http = new() { BaseAddress = host.BaseAddress };
            await RunJobAsync(new DemoClient(http), host.BaseAddress, cancellationToken);
            if (!options.Exit)
            {
                console.MarkupLine("The host keeps running; [bold]Ctrl-C[/] stops it.");
                await host.WaitForShutdownAsync(cancellationToken);
            }

            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.MarkupLine("The demo was stopped before it was done.");
            return 1;
        }
        catch (Exception failure)
        {
            // Whatever it is: a person watches, who is helped by the message and not by where in the code it came from.
            console.MarkupLineInterpolated($"[red]The demo failed.[/] {failure.Message}");
            return 1;
        }
    }

    private async Task RunJobAsync(DemoClient client, Uri address, CancellationToken cancellationToken)
    {
        DemoDataset data = DemoDataset.Read(options.CsvPath, options.TargetColumn);
        JsonNode dataset = await client.UploadAsync(options.Name, data.Csv, cancellationToken);
        console.MarkupLineInterpolated($"Uploaded {data.RowCount} rows as [bold]{dataset["uri"]}[/]; {data.KeptBack.Count} rows were kept back.");

        JsonNode pipeline = await client.PostAsync("Creating the pipeline", DemoClient.Pipelines, PipelineRequest(dataset), cancellationToken);
        string pipelinePath = $"{DemoClient.Pipelines}/{pipeline["id"]}";
        JsonNode started = await client.PostAsync("Starting the run", $"{pipelinePath}/trigger", null, cancellationToken);
        string runPath = $"{pipelinePath}/runs/{started["run_id"]}";
        JsonNode run = await WatchAsync(client, runPath, cancellationToken);
        ShowEvaluation(run);

        JsonObject request = new() { ["instances"] = new JsonArray([.. data.KeptBack.Select(row => row.DeepClone())]) };
        JsonNode answer = await client.PostAsync("Asking for predictions", $"/api/v1/models/{options.Name}/predict", request, cancellationToken);
        console.MarkupLineInterpolated($"\nPredictions by [bold]{answer["model"]} {answer["version"]}[/] for the rows kept back:");
        console.Write(DemoScreen.Predictions(answer, data.Truth));
        ShowNext(address, pipelinePath, runPath, data.KeptBack[0]);
    }

    private JsonObject PipelineRequest(JsonNode dataset) => new()
    {
        ["model_name"] = options.Name,
        ["dataset_uri"] = dataset["uri"]!.DeepClone(),
        ["target_column"] = options.TargetColumn,
        ["target_metric"] = options.TargetMetric,
        ["threshold"] = options.Threshold,
        ["auto_deploy"] = true,
    };

    private async Task<JsonNode> WatchAsync(DemoClient client, string runPath, CancellationToken cancellationToken)
    {
        JsonNode run = console.Profile.Capabilities.Interactive
            ? await console.Live(new Text("")).StartAsync(live => FollowAsync(client, runPath, state => live.UpdateTarget(DemoScreen.Run(state)), cancellationToken))
            : await FollowAsync(client, runPath, PrintNews(), cancellationToken);
        string status = run["status"]!.ToString();
        if (!GoodEnds.Contains(status))
        {
            throw new DemoException($"The run ended as '{status}': {run["failure"]?["detail"] ?? "see its steps above."}");
        }

        return run;
    }

    private async Task<JsonNode> FollowAsync(DemoClient client, string runPath, Action<JsonNode> show, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        while (true)
        {
            JsonNode run = await client.GetAsync("Reading the run", runPath, cancellationToken);
            show(run);
            if (Ends.Contains(run["status"]?.ToString()))
            {
                return run;
            }

            if (clock.GetElapsedTime(start) > RunLimit)
            {
                throw new DemoException($"The run is still '{run["status"]}' after {RunLimit.TotalMinutes} minutes.");
            }

            await Task.Delay(PollInterval, clock, cancellationToken);
        }
    }

    private Action<JsonNode> PrintNews()
    {
        HashSet<string> printed = [];
        return run =>
        {
            foreach (JsonNode? step in run["steps"]?.AsArray() ?? [])
            {
                string line = DemoScreen.Line(step!);
                if (step!["finished_at"] is not null && printed.Add(line))
                {
                    console.Profile.Out.Writer.WriteLine(line);
                }
            }
        };
    }

    private void ShowEvaluation(JsonNode run)
    {
        console.MarkupLineInterpolated($"\nThe evaluation, on rows that no fitting step has seen (needed: {options.TargetMetric} {options.Threshold}):");
        console.Write(DemoScreen.Metrics(run["metrics"]!.AsObject()));
        if (run["evaluation"] is { } evaluation)
        {
            console.Write(DemoScreen.Confusion(evaluation));
            console.Write(DemoScreen.Importances(evaluation, options.TargetMetric));
        }

        console.MarkupLineInterpolated($"Deployed as [bold]{options.Name} {run["artifacts"]?["version"]}[/].");
    }

    private void ShowNext(Uri address, string pipelinePath, string runPath, JsonObject row)
    {
        string root = address.ToString().TrimEnd('/');
        string body = new JsonObject { ["instance"] = row.DeepClone() }.ToJsonString();
        console.MarkupLine("\n[bold]Next, to copy:[/]");
        string[] commands =
        [
            $"curl -s '{root}/api/v1/models/{options.Name}'",
            $"curl -s '{root}{runPath}'",
            $"curl -s '{root}{pipelinePath}/metrics?limit=10'",
            $"curl -s -X POST '{root}{pipelinePath}/trigger'",
            $"curl -s '{root}/api/metrics'",
            $"curl -s '{root}/api/v1/models/{options.Name}/predict' -H 'Content-Type: application/json' -d '{body}'",
        ];
        foreach (string command in commands)
        {
            // Past the console's layout, which would break a long line where it must not be broken.
            console.Profile.Out.Writer.WriteLine(command);
        }
    }
}
