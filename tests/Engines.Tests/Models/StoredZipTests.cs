using System.IO.Compression;
using System.Text;
using Trainyard.Learning;
using Trainyard.MLNet.Models;

namespace Trainyard.Engines.Tests.Models;

public class StoredZipTests
{
    [Fact]
    public void Rewrite_TheSameContentWrittenOtherwise_GivesTheSameBytes()
    {
        byte[] one = Rewritten(Zip(CompressionLevel.Optimal, new DateTimeOffset(2024, 5, 6, 7, 8, 10, TimeSpan.Zero), ("a\\b", "first"), ("c", "second")));
        byte[] other = Rewritten(Zip(CompressionLevel.NoCompression, new DateTimeOffset(2025, 1, 2, 3, 4, 6, TimeSpan.Zero), ("c", "second"), ("a\\b", "first")));

        Assert.Equal(one, other);
        using ZipArchive read = new(new MemoryStream(one));
        Assert.Equal([("a\\b", "first"), ("c", "second")], read.Entries.Select(entry => (entry.FullName, Text(entry))));
    }

    [Fact]
    public void Check_WhatRewriteMade_Passes() => StoredZip.Check(Rewritten(Zip(CompressionLevel.Optimal, DateTimeOffset.UnixEpoch.AddYears(20), ("TransformerChain\\Model.key", new string('x', 10_000)))));

    [Fact]
    public void Check_CompressedEntry_IsRefused()
    {
        byte[] bomb = Zip(CompressionLevel.Optimal, DateTimeOffset.UnixEpoch.AddYears(20), ("a", new string('x', 1_000_000)));

        Assert.Equal("model_file_invalid", Assert.Throws<LearningException>(() => StoredZip.Check(bomb)).Code);
    }

    [Fact]
    public void Check_ZipWithoutEntries_IsRefused() =>
        Assert.Equal("model_file_invalid", Assert.Throws<LearningException>(() => StoredZip.Check(Zip(CompressionLevel.NoCompression, DateTimeOffset.UnixEpoch.AddYears(20)))).Code);

    [Fact]
    public void Check_TooManyEntries_IsRefused()
    {
        (string, string)[] many = [.. Enumerable.Range(0, StoredZip.MaximumEntries + 1).Select(index => ($"{index}", string.Empty))];

        LearningException refused = Assert.Throws<LearningException>(() => StoredZip.Check(Zip(CompressionLevel.NoCompression, DateTimeOffset.UnixEpoch.AddYears(20), many)));

        Assert.Contains($"{StoredZip.MaximumEntries}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a\\..\\..\\up")]
    [InlineData("/root")]
    [InlineData("c:\\root")]
    [InlineData("folder/")]
    public void Check_NameThatLeadsOut_IsRefused(string name) =>
        Assert.Contains(name, Assert.Throws<LearningException>(() => StoredZip.Check(Zip(CompressionLevel.NoCompression, DateTimeOffset.UnixEpoch.AddYears(20), (name, string.Empty)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Check_EveryCutAndEveryChangedByte_PassesOrIsRefusedAndNothingElse()
    {
        byte[] whole = Rewritten(Zip(CompressionLevel.Optimal, DateTimeOffset.UnixEpoch.AddYears(20), ("a\\b", "first"), ("c", "second")));
        int refused = 0;
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 0xFF;
            foreach (byte[] damaged in new[] { whole[..place], changed })
            {
                Exception? failure = Record.Exception(() => StoredZip.Check(damaged));
                Assert.True(failure is null or LearningException { Code: "model_file_invalid" }, $"{place}: {failure}");
                refused += failure is null ? 0 : 1;
            }
        }

        Assert.True(refused > whole.Length, $"{refused}");
    }

    private static byte[] Rewritten(byte[] zip) => StoredZip.Rewrite(new MemoryStream(zip));

    private static byte[] Zip(CompressionLevel level, DateTimeOffset moment, params (string Name, string Text)[] entries)
    {
        using MemoryStream written = new();
        using (ZipArchive archive = new(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in entries)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name, level);
                entry.LastWriteTime = moment;
                using Stream stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return written.ToArray();
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using StreamReader reader = new(entry.Open());
        return reader.ReadToEnd();
    }
}
