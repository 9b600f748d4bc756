using Trainyard.Learning.Data;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests;

/// <summary>Tables with a column of every type, some values missing; the seed decides everything.</summary>
internal static class RandomTables
{
    private static readonly string[] Words = ["good", "bad", "Ünïcode", "日本", "fast", "slow", "service", "price", "😀", "x"];

    public static Table Mixed(ulong seed, int rows)
    {
        DeterministicRandom random = new(seed);
        return new Table(
        [
            new NumberColumn("x", Make(rows, () => Missing(random) ? double.NaN : Number(random))),
            new NumberColumn("whole", Make(rows, () => (double)random.NextInt(100))),
            new BooleanColumn("flag", Make(rows, () => Missing(random) ? (bool?)null : random.NextInt(2) == 1)),
            new DateColumn("day", Make(rows, () => Missing(random) ? (DateTime?)null : Date(random))),
            new TextColumn("colour", ColumnType.Category, Make(rows, () => Missing(random) ? null : Words[random.NextInt(Words.Length)])),
            new TextColumn("comment", ColumnType.Text, Make(rows, () => Missing(random) ? null : Sentence(random))),
            new NumberColumn("target", Make(rows, () => (double)random.NextInt(2))),
        ]);
    }

    private static T[] Make<T>(int rows, Func<T> value)
    {
        T[] values = new T[rows];
        for (int row = 0; row < rows; row++)
        {
            values[row] = value();
        }

        return values;
    }

    private static bool Missing(DeterministicRandom random) => random.NextInt(8) == 0;

    private static double Number(DeterministicRandom random) => random.NextInt(4) switch
    {
        0 => random.NextInt(1000) - 500,
        1 => random.NextGaussian(),
        2 => random.NextGaussian() * Math.Pow(10, random.NextInt(600) - 300),
        _ => Math.Round(random.NextDouble() * 1000, 2),
    };

    private static DateTime Date(DeterministicRandom random) =>
        new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.NextInt(20_000_000)).AddTicks(random.NextInt(10_000_000));

    private static string Sentence(DeterministicRandom random) =>
        string.Join(random.NextInt(2) == 0 ? " " : ", ", Make(4 + random.NextInt(6), () => Words[random.NextInt(Words.Length)]));
}
