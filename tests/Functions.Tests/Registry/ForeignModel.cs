using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Trainyard.Functions.Tests.Registry;

/// <summary>Models that other libraries saved, with what those predict by them; the scripts beside the witness files made both.</summary>
/// <param name="File">The file.</param>
/// <param name="Rows">Rows to predict; null is missing.</param>
/// <param name="Predictions">What the library predicts for them.</param>
internal sealed record ForeignModel(byte[] File, double?[][] Rows, double[] Predictions)
{
    public static ForeignModel XGBoost()
    {
        JsonElement model = Read("xgboost_models.json").First(each => each.GetProperty("name").GetString() == "reg:squarederror");
        double?[][] rows = [.. model.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(Number).ToArray())];
        return new(Encoding.UTF8.GetBytes(model.GetProperty("model").GetString()!), rows, Numbers(model.GetProperty("predictions")));
    }

    public static ForeignModel Onnx()
    {
        JsonElement model = Read("onnx_trees.json").First(each => each.GetProperty("name").GetString() == "regression forest, average");
        double?[][] rows = [.. model.GetProperty("rows").EnumerateArray().Select(Number).Chunk(model.GetProperty("width").GetInt32())];
        return new(model.GetProperty("model").GetBytesFromBase64(), rows, Numbers(model.GetProperty("predictions")));
    }

    /// <summary>A request that predicts the rows by the names of the columns.</summary>
    public string Request(Func<int, string> column) => JsonSerializer.Serialize(new
    {
        instances = Rows.Select(row => row.Select((value, index) => (Name: column(index), value)).ToDictionary(cell => cell.Name, cell => cell.value, StringComparer.Ordinal)),
    });

    private static JsonElement[] Read(string name, [CallerFilePath] string here = "")
    {
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Learning.Tests", "Witness", name));
        return [.. JsonDocument.Parse(System.IO.File.ReadAllBytes(path)).RootElement.EnumerateArray()];
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetDouble())];

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
}
