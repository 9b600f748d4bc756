using System.Globalization;
using Trainyard.Domain.Ports;

namespace Trainyard.Storage.Tests.Contracts;

public abstract partial class BlobStoreContract
{
    [ContractFact]
    public async Task Append_AbsentThenPresent_Grows()
    {
        await Store.AppendAsync(Container, "log", "one,"u8.ToArray(), None);
        BlobStat first = (await Store.StatAsync(Container, "log", None))!;
        await Store.AppendAsync(Container, "log", "two"u8.ToArray(), None);
        BlobStat second = (await Store.StatAsync(Container, "log", None))!;

        Assert.Equal("one,two", Text(await ReadAsync("log")));
        Assert.Equal((4L, 7L), (first.Length, second.Length));
        Assert.NotEqual(first.ETag, second.ETag);
    }

    [ContractFact]
    public async Task Append_ToAWrittenBlob_Grows()
    {
        await WriteAsync("a", "one,"u8.ToArray());
        await Store.AppendAsync(Container, "a", "two"u8.ToArray(), None);

        Assert.Equal("one,two", Text(await ReadAsync("a")));
    }

    [ContractFact]
    public async Task Append_Nothing_CreatesOrKeeps()
    {
        await Store.AppendAsync(Container, "a", ReadOnlyMemory<byte>.Empty, None);
        await Store.AppendAsync(Container, "a", ReadOnlyMemory<byte>.Empty, None);

        Assert.Empty(await ReadAsync("a"));
    }

    [ContractFact]
    public async Task Append_ManyAtOnce_EachIsWholeAndNoneLost()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(number => Store.AppendAsync(Container, "log", Line(number), None)));

        string[] lines = Text(await ReadAsync("log")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 64), lines.Select(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)).Order());
        Assert.All(lines, line => Assert.Equal(line.Split(' ')[0], line.Split(' ')[1]));
    }

    [ContractFact]
    public async Task Append_WhileOthersReplaceAndDelete_IsSeenWholeOrReplaced()
    {
        Task appends = Task.WhenAll(Enumerable.Range(0, 30).Select(number => Store.AppendAsync(Container, "log", Line(number), None)));
        for (int round = 0; round < 10; round++)
        {
            await Store.WriteAsync(Container, "log", new MemoryStream(Line(1_000 + round)), overwrite: true, None);
            await Store.DeleteAsync(Container, "log", None);
        }

        await appends;
        await Store.AppendAsync(Container, "log", Line(9), None);
        string[] lines = Text(await ReadAsync("log")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("9 9", lines[^1]);
        Assert.All(lines, line => Assert.Equal(line.Split(' ')[0], line.Split(' ')[1]));
    }

    [ContractFact]
    public async Task Read_WhileOthersAppend_SeesWholeAppendsOnly()
    {
        const int Appends = 60;
        byte[] record = Bytes(40_000);
        await Store.AppendAsync(Container, "log", record, None);
        Task appends = Task.Run(async () =>
        {
            for (int append = 1; append < Appends; append++)
            {
                await Store.AppendAsync(Container, "log", record, None);
            }
        });
        do
        {
            byte[] seen = await ReadAsync("log");
            Assert.Equal(0, seen.Length % record.Length);
            Assert.True(seen.AsSpan(seen.Length - record.Length).SequenceEqual(record));
        }
        while (!appends.IsCompleted);
        await appends;

        Assert.Equal(Appends * record.Length, (await ReadAsync("log")).Length);
    }

    [ContractFact]
    public async Task OpenRead_ThenAppended_EndsWhereItEndedWhenOpened()
    {
        await Store.AppendAsync(Container, "log", Line(1), None);
        await using Stream opened = (await Store.OpenReadAsync(Container, "log", None))!;
        await Store.AppendAsync(Container, "log", Line(2), None);

        Assert.Equal("1 1\n", Text(await ToEndAsync(opened)));
    }

    [ContractFact]
    public async Task AppendAt_TheEnd_Grows()
    {
        Assert.True(await Store.AppendAtAsync(Container, "log", 0, "one,"u8.ToArray(), None));
        Assert.True(await Store.AppendAtAsync(Container, "log", 4, "two"u8.ToArray(), None));
        await WriteAsync("whole", "one,"u8.ToArray());
        Assert.True(await Store.AppendAtAsync(Container, "whole", 4, "two"u8.ToArray(), None));

        Assert.Equal(("one,two", "one,two"), (Text(await ReadAsync("log")), Text(await ReadAsync("whole"))));
    }

    [ContractFact]
    public async Task AppendAt_AnotherLength_ChangesNothing()
    {
        Assert.False(await Store.AppendAtAsync(Container, "log", 4, "two"u8.ToArray(), None));
        Assert.Null(await Store.StatAsync(Container, "log", None));
        await Store.AppendAsync(Container, "log", "one,"u8.ToArray(), None);
        BlobStat before = (await Store.StatAsync(Container, "log", None))!;

        Assert.False(await Store.AppendAtAsync(Container, "log", 0, "one,"u8.ToArray(), None));
        Assert.False(await Store.AppendAtAsync(Container, "log", 3, "x"u8.ToArray(), None));
        Assert.False(await Store.AppendAtAsync(Container, "log", 5, "x"u8.ToArray(), None));

        Assert.Equal(before, await Store.StatAsync(Container, "log", None));
    }

    [ContractFact]
    public async Task AppendAt_ManyAtOnceAtOnePosition_OneWins()
    {
        await Store.AppendAsync(Container, "log", "0 0\n"u8.ToArray(), None);
        bool[] won = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Store.AppendAtAsync(Container, "log", 4, Line(number), None)));

        Assert.Single(won, true);
        Assert.Equal(8, (await Store.StatAsync(Container, "log", None))!.Length);
    }

    private static byte[] Line(int number) => System.Text.Encoding.UTF8.GetBytes($"{number} {number}\n");
}
