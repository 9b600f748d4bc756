using System.Diagnostics;
using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Randomness;
using Xunit.Abstractions;

namespace Trainyard.Learning.Tests.Data;

public sealed class SourcePropertyTests(ITestOutputHelper output)
{
    private const ulong Seed = 20240229;
    private const int FuzzRounds = 3000;

    private static readonly string[] Pieces =
        ["\"", "\"\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", "a", "1", "1.5", "true", "NA", "2024-01-01", " ", "é", "\uFEFF", "{", "}", ":", "null", "[", "\\u00e9", "\\ud800"];

    [Fact]
    public void Read_WhatTheWriterWrote_IsTheTable()
    {
        for (ulong round = 0; round < 40; round++)
        {
            Table table = RandomTables.Mixed(Seed + round, 80);
            StringWriter text = new();
            CsvWriter.Write(table, text);

            Table read = CsvSourceTests.Read(text.ToString());

            Assert.True(table.Schema.Equals(read.Schema), $"seed {Seed + round}: {CsvSourceTests.Show(read)[..200]}");
            Assert.Equal(CsvSourceTests.Show(table), CsvSourceTests.Show(read));
        }
    }

    [Fact]
    public void Read_NumbersOfAnyBits_KeepEveryBit()
    {
        DeterministicRandom random = new(Seed);
        double[] numbers = [.. Enumerable.Range(0, 20_000).Select(_ => BitConverter.UInt64BitsToDouble(random.NextUInt64())).Where(double.IsFinite)];
        double[] shorts = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextInt(int.MaxValue) / Math.Pow(10, random.NextInt(12)))];
        double[] all = [.. numbers, .. shorts];
        StringBuilder file = new("a\n");
        foreach (double number in all)
        {
            file.Append(ValueText.OfNumber(number)).Append('\n');
        }

        NumberColumn read = (NumberColumn)CsvSourceTests.Read(file.ToString())["a"];

        Assert.Equal(all.Select(BitConverter.DoubleToInt64Bits), read.Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Read_RandomBytes_OnlyEverRefusesWithACode() => Fuzz(random =>
    {
        byte[] bytes = new byte[random.NextInt(300)];
        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)random.NextInt(256);
        }

        return bytes;
    });

    [Fact]
    public void Read_RandomPiecesOfSyntax_OnlyEverRefusesWithACode() => Fuzz(random =>
    {
        StringBuilder text = new();
        int pieces = random.NextInt(60);
        for (int piece = 0; piece < pieces; piece++)
        {
            text.Append(Pieces[random.NextInt(Pieces.Length)]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    });

    private void Fuzz(Func<DeterministicRandom, byte[]> make)
    {
        Stopwatch watch = Stopwatch.StartNew();
        DeterministicRandom random = new(Seed);
        int read = 0;
        for (int round = 0; round < FuzzRounds; round++)
        {
            byte[] file = make(random);
            read += Tries(() => CsvSource.Read(new MemoryStream(file))) ? 1 : 0;
            read += Tries(() => NdjsonSource.Read(new MemoryStream(file))) ? 1 : 0;
        }

        output.WriteLine($"seed {Seed}: {read} of {2 * FuzzRounds} files were tables, in {watch.ElapsedMilliseconds} ms");
    }

    /// <summary>Any exception but the expected kind fails the test that called.</summary>
    private static bool Tries(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (LearningException error)
        {
            Assert.Matches("^[a-z0-9_]+$", error.Code);
            return false;
        }
    }
}
