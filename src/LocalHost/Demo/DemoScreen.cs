using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Trainyard.LocalHost.Demo;

/// <summary>Draws what the platform answers.</summary>
internal static class DemoScreen
{
    // Where lines are not cut by a window, they are cut by this; wide enough for a log line.
    private const int RedirectedWidth = 160;
    private const int ChartWidth = 80;
    private const int ImportanceCount = 5;

    /// <summary>The terminal; into a file or a pipe goes plain text.</summary>
    public static IAnsiConsole CreateConsole()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        IAnsiConsole plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        plain.Profile.Width = RedirectedWidth;
        return plain;
    }

    /// <summary>The steps of a run so far, with the candidates and their scores.</summary>
    public static IRenderable Run(JsonNode run)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("step", "status", "time", "what happened");
        table.Columns[2].RightAligned();
        foreach (JsonNode? step in run["steps"]?.AsArray() ?? [])
        {
            table.AddRow(Escape(Title(step!)), Status(Text(step!, "status")), Elapsed(step!), Escape(LastLine(step!)));
        }

        return table;
    }

    /// <summary>One line per change, for a terminal that cannot be redrawn.</summary>
    public static string Line(JsonNode step) => $"{Title(step),-28} {Text(step, "status"),-10} {LastLine(step)}";

    /// <summary>Metrics on the held-out rows.</summary>
    public static IRenderable Metrics(JsonObject metrics)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("metric", "on held-out rows");
        table.Columns[1].RightAligned();
        foreach ((string name, JsonNode? value) in metrics)
        {
            table.AddRow(Escape(name), Number(value));
        }

        return table;
    }

    /// <summary>How often each class was taken for each; rows are the truth.</summary>
    public static IRenderable Confusion(JsonNode evaluation)
    {
        string[] labels = [.. evaluation["classes"]!.AsArray().Select(each => Text(each!, "label"))];
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("truth \\ predicted").AddColumns(Array.ConvertAll(labels, Escape));
        for (int truth = 0; truth < labels.Length; truth++)
        {
            int diagonal = truth;
            IEnumerable<string> cells = evaluation["confusion"]![truth]!.AsArray()
                .Select((count, predicted) => predicted == diagonal ? $"[green]{count}[/]" : $"{count}");
            table.AddRow([Escape(labels[truth]), .. cells]);
        }

        return table;
    }

    /// <summary>The columns that matter most: what the metric loses when a column's values are shuffled.</summary>
    public static IRenderable Importances(JsonNode evaluation, string metric)
    {
        BarChart chart = new BarChart().Width(ChartWidth).LeftAlignLabel().Label(Escape($"What {metric} loses when a column is shuffled, in thousandths"));
        foreach (JsonNode? each in evaluation["importances"]!.AsArray().Take(ImportanceCount))
        {
            double thousandths = Math.Max(0, each!["importance"]!.GetValue<double>() * 1000);
            chart.AddItem(Escape(Text(each, "column")), Math.Round(thousandths, 2), Color.Blue);
        }

        return chart;
    }

    /// <summary>Predictions beside the truth.</summary>
    public static IRenderable Predictions(JsonNode answer, IReadOnlyList<string> truth)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("row", "predicted", "probability", "truth", "");
        table.Columns[2].RightAligned();
        for (int row = 0; row < truth.Count; row++)
        {
            string predicted = answer["predictions"]![row]!.ToString();
            string mark = predicted == truth[row] ? "[green]right[/]" : "[red]wrong[/]";
            table.AddRow($"{row + 1}", Escape(predicted), Number(answer["probabilities"]?[row]?[predicted]), Escape(truth[row]), mark);
        }

        return table;
    }

    private static string Title(JsonNode step)
    {
        string name = Text(step, "name").Replace('_', ' ');
        return step["candidate"] is { } candidate ? $"{name} {candidate.GetValue<int>() + 1}" : name;
    }

    private static string LastLine(JsonNode step) => step["log"]?.AsArray() is { Count: > 0 } log ? Text(log[^1]!, "message") : "";

    private static string Elapsed(JsonNode step) =>
        step["finished_at"] is { } finished && step["started_at"] is { } started
            ? $"{(finished.GetValue<DateTimeOffset>() - started.GetValue<DateTimeOffset>()).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s"
            : "";

    private static string Status(string status) => status switch
    {
        "completed" => "[green]done[/]",
        "running" => "[yellow]running[/]",
        "failed" => "[red]failed[/]",
        _ => Escape(status),
    };

    private static string Number(JsonNode? value) =>
        value is null ? "" : value.GetValue<double>().ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Text(JsonNode node, string field) => node[field]?.ToString() ?? "";

    private static string Escape(string text) => Markup.Escape(text);
}
