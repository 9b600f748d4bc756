using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Tests.Witness;

namespace Trainyard.Learning.Tests.Data;

public sealed class CsvWitnessTests
{
    [Theory]
    [InlineData(1 << 20)]
    [InlineData(64)]
    [InlineData(5)]
    public void Read_AnyFile_HasTheRowsThatPythonReads(int chunkBytes)
    {
        JsonArray files = WitnessFile.Read<JsonArray>("csv_rows.json");

        Assert.Equal(150, files.Count);
        Assert.All(files, file => Assert.Equal(RowsOf(file!["rows"]!), Read(file["file"]!.GetValue<string>(), chunkBytes)));
    }

    private static string[] RowsOf(JsonNode rows) =>
        [.. rows.AsArray().Skip(1).Select(row => string.Join('\u001F', row!.AsArray().Select(cell => cell!.GetValue<string>().Trim(' ', '\t').Length == 0 ? "" : cell.GetValue<string>())))];

    private static string[] Read(string file, int chunkBytes)
    {
        string[] names = file.Split('\n', '\r')[0].Replace("\"", "", StringComparison.Ordinal).Split(',');
        CsvOptions options = new()
        {
            Delimiter = ',',
            Header = CsvHeader.Present,
            MissingMarkers = new([]),
            Schema = new([.. names.Select(name => new ColumnSchema(name, ColumnType.Text))]),
            ChunkBytes = chunkBytes,
        };
        Table table = CsvSource.Read(new MemoryStream(Encoding.UTF8.GetBytes(file)), options);
        return [.. Enumerable.Range(0, table.RowCount).Select(row => string.Join('\u001F', table.Columns.Select(column => column.TextAt(row) ?? "")))];
    }
}
