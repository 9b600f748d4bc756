using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Tests.Onnx;

/// <summary>ONNX Runtime in a Node process of its own, started by the first question and kept for the next.</summary>
public sealed class OnnxRuntime : IDisposable
{
    private static readonly string Tools = Path.GetFullPath(Path.Combine(FolderOfThisFile(), "..", "..", "tools"));

    private readonly string folder = Directory.CreateTempSubdirectory("trainyard-onnx-").FullName;
    private Process? process;
    private int models;

    /// <summary>Where npm puts it.</summary>
    public static string Package { get; } = Path.Combine(Tools, "node_modules", "onnxruntime-node");

    /// <summary>The outputs of a model for the columns of a table, by name.</summary>
    public JsonObject Predict(byte[] model, Table table)
    {
        JsonObject inputs = [];
        foreach (Column column in table.Columns)
        {
            inputs[column.Name] = new JsonObject { ["type"] = column.Type is ColumnType.Category ? "string" : "float64", ["data"] = Values(column) };
        }

        return Ask(model, inputs, 1);
    }

    /// <summary>The outputs of a model that takes one matrix.</summary>
    public JsonObject Predict(byte[] model, string input, double[] values, int width) => Ask(
        model,
        new JsonObject { [input] = new JsonObject { ["type"] = "float32", ["data"] = new JsonArray([.. values.Select(Number)]) } },
        width);

    public void Dispose()
    {
        process?.StandardInput.Close();
        process?.WaitForExit();
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private JsonObject Ask(byte[] model, JsonObject inputs, int width)
    {
        string path = Path.Combine(folder, $"{models++}.onnx");
        File.WriteAllBytes(path, model);
        process ??= Process.Start(new ProcessStartInfo("node", ["onnx-predict.cjs"])
        {
            WorkingDirectory = Tools,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("node did not start.");
        process.StandardInput.WriteLine(new JsonObject { ["model"] = path, ["width"] = width, ["inputs"] = inputs }.ToJsonString());
        string answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("node ended.");
        JsonObject outputs = JsonNode.Parse(answer)!.AsObject();
        return outputs["error"] is { } error ? throw new InvalidOperationException(error.GetValue<string>()) : outputs;
    }

    private static JsonArray Values(Column column) => new([.. Enumerable.Range(0, column.RowCount).Select(row => Value(column, row))]);

    private static JsonNode? Value(Column column, int row) => column switch
    {
        TextColumn texts => JsonValue.Create(texts.ValueAt(row) ?? string.Empty),
        NumberColumn numbers => Number(numbers.Values[row]),
        DateColumn dates => dates.ValueAt(row) is { } date ? JsonValue.Create((date - DateTime.UnixEpoch).TotalSeconds) : null,
        _ => column.IsMissing(row) ? null : JsonValue.Create(column.TextAt(row) == "true" ? 1 : 0),
    };

    private static JsonNode? Number(double value) => double.IsNaN(value) ? null : JsonValue.Create(value);

    private static string FolderOfThisFile([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
