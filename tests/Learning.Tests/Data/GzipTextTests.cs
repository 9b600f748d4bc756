using System.IO.Compression;
using System.Text;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Tests.Data;

public sealed class GzipTextTests
{
    private const string Csv = "a,b\n\"x\ny\",2\n,3\n";
    private const string Ndjson = "{\"a\":1}\n{\"a\":2}\n";

    [Fact]
    public async Task Read_GzipOfAFile_IsTheFile()
    {
        Assert.Equal(CsvSourceTests.Show(CsvSourceTests.Read(Csv)), CsvSourceTests.Show(CsvSource.Read(Zip(Csv))));
        Assert.Equal(CsvSourceTests.Show(CsvSourceTests.Read(Csv)), CsvSourceTests.Show(await CsvSource.ReadAsync(Zip(Csv), null, CancellationToken.None)));
        Assert.Equal("a:Number / 1 / 2", CsvSourceTests.Show(NdjsonSource.Read(Zip(Ndjson))));
        Assert.Equal("a:Number / 1 / 2", CsvSourceTests.Show(await NdjsonSource.ReadAsync(Zip(Ndjson), null, CancellationToken.None)));
    }

    [Fact]
    public void Read_TwoMembers_IsBoth()
    {
        MemoryStream both = new([.. Zip("a\n1\n").ToArray(), .. Zip("2\n").ToArray()]);

        Assert.Equal("a:Number / 1 / 2", CsvSourceTests.Show(CsvSource.Read(both)));
    }

    [Fact]
    public void Read_AnyBeginningOfAGzipFile_IsRefusedAndNeverTakenForWhole()
    {
        byte[] whole = Zip(string.Concat(Enumerable.Range(0, 400).Select(row => $"{row},{row * 7919 % 1000}\n"))).ToArray();

        for (int length = 2; length < whole.Length; length++)
        {
            LearningException error = Assert.Throws<LearningException>(() => CsvSource.Read(new MemoryStream(whole, 0, length)));
            Assert.Equal("gzip_invalid", error.Code);
        }
    }

    [Fact]
    public void Read_DamagedGzip_IsRefused()
    {
        byte[] damaged = Zip(Csv).ToArray();
        damaged[^6] ^= 0xFF;

        Assert.Equal("gzip_invalid", Assert.Throws<LearningException>(() => CsvSource.Read(new MemoryStream(damaged))).Code);
        Assert.Equal("gzip_invalid", Assert.Throws<LearningException>(() => NdjsonSource.Read(new MemoryStream(damaged))).Code);
    }

    [Fact]
    public void Read_SmallFileThatUnpacksToAHugeOne_StopsAtTheLimit()
    {
        ReadLimits limits = new() { MaxTotalBytes = 1_000_000 };
        MemoryStream csv = Zip("a\n", "1\n", 50_000_000);
        MemoryStream json = Zip("", "{\"a\":1}\n", 20_000_000);
        Assert.InRange(Math.Max(csv.Length, json.Length), 1, limits.MaxTotalBytes);

        Assert.Equal("csv_too_large", Assert.Throws<LearningException>(() => CsvSource.Read(csv, new CsvOptions { Limits = limits })).Code);
        Assert.Equal("ndjson_too_large", Assert.Throws<LearningException>(() => NdjsonSource.Read(json, new NdjsonOptions { Limits = limits })).Code);
        Assert.True(csv.Position < csv.Length && json.Position < json.Length);
    }

    [Fact]
    public void Read_Stream_StaysOpen()
    {
        MemoryStream plain = new(Encoding.UTF8.GetBytes(Csv));
        MemoryStream zipped = Zip(Csv);

        CsvSource.Read(plain);
        CsvSource.Read(zipped);

        Assert.True(plain.CanRead && zipped.CanRead);
    }

    private static MemoryStream Zip(string text) => Zip(text, "", 0);

    private static MemoryStream Zip(string beginning, string filler, int bytes)
    {
        MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(beginning));
            byte[] block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(filler, 1000)));
            for (int written = 0; written < bytes; written += block.Length)
            {
                gzip.Write(block);
            }
        }

        zipped.Position = 0;
        return zipped;
    }
}
