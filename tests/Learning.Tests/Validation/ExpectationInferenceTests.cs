using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trainyard.Learning.Data;
using Trainyard.Learning.Randomness;
using Trainyard.Learning.Validation;

namespace Trainyard.Learning.Tests.Validation;

public sealed class ExpectationInferenceTests
{
    private const ulong Seed = 4711;
    private static readonly DateTime Now = new(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Infer_AnyTable_PassesItsOwnExpectations()
    {
        for (ulong round = 0; round < 60; round++)
        {
            DeterministicRandom random = new(Seed + round);
            Table table = RandomTables.Mixed(Seed + round, 1 + random.NextInt(300));
            InferenceOptions options = new()
            {
                FreshnessColumns = ["day"],
                MaxSetSize = 1 + random.NextInt(50),
                MinRowsPerValue = 1 + random.NextInt(8),
                MinRowsForUnique = 1 + random.NextInt(30),
                RowTolerance = random.NextDouble(),
            };
            TableExpectations expectations = TableExpectations.FromJson(ExpectationInference.Infer(table, Now, options).ToJson());

            ValidationReport report = TableValidator.Check(table, expectations with { AllowsOtherColumns = false }, Now, maximumThreads: 1 + (int)(round % 3));

            Assert.True(report.Passed, $"seed {Seed + round}: {report.ToJson()}");
        }
    }

    [Fact]
    public void Infer_AgainAndAgainFromWhatPassed_BoundsDoNotCreep()
    {
        TableExpectations expectations = ExpectationInference.Infer(new Table([new NumberColumn("a", [1, 100])]), Now);
        for (int round = 0; round < 100; round++)
        {
            Table next = new([new NumberColumn("a", [expectations.Columns[0].Minimum!.Value - 9e-5, expectations.Columns[0].Maximum!.Value + 9e-5])]);
            Assert.True(TableValidator.Check(next, expectations, Now).Passed);

            expectations = ExpectationInference.Infer(next, Now, new InferenceOptions { Previous = expectations });
        }

        Assert.Equal((1, 100), (expectations.Columns[0].Minimum, expectations.Columns[0].Maximum));
    }

    [Fact]
    public void Infer_FromAReferenceFarOutsideThePreviousBounds_PassesItsOwn()
    {
        TableExpectations previous = ExpectationInference.Infer(new Table([new NumberColumn("a", [1, 100])]), Now);
        Table next = new([new NumberColumn("a", [-5, 3])]);

        TableExpectations expectations = ExpectationInference.Infer(next, Now, new InferenceOptions { Previous = previous });

        Assert.Equal((-5, 3), (expectations.Columns[0].Minimum, expectations.Columns[0].Maximum));
        Assert.True(TableValidator.Check(next, expectations, Now).Passed);
    }

    [Fact]
    public void Infer_SampleFiles_FindsWhatIsThere()
    {
        TableExpectations iris = ExpectationInference.Infer(Data.SampleFiles.Read("iris.csv"), Now);

        ColumnExpectation species = iris.Columns[^1];
        Assert.Equal(3, species.Values!.Count);
        Assert.All(iris.Columns, column => Assert.Equal((0.0, false), (column.MaxMissingShare, column.Unique)));
        Assert.Equal((75, 225), (iris.MinRows, iris.MaxRows));
    }

    [Fact]
    public void Infer_Identifiers_AreUniqueAndHaveAShape()
    {
        Table table = new(
        [
            new TextColumn("code", ColumnType.Category, [.. Enumerable.Range(0, 30).Select(row => $"AB{(row % 2 == 0 ? "C" : "")}-{1000 + row}.x")]),
            new NumberColumn("id", [.. Enumerable.Range(0, 30).Select(row => (double)row)]),
            new NumberColumn("measured", [.. Enumerable.Range(0, 30).Select(row => Math.Sqrt(row + 2.5))]),
        ]);

        TableExpectations expectations = ExpectationInference.Infer(table, Now);

        Assert.Equal([true, true, false], expectations.Columns.Select(column => column.Unique));
        Assert.Equal(@"^[A-Z]{2,3}-{1,1}[0-9]{4,4}\.{1,1}[a-z]{1,1}\z", expectations.Columns[0].Pattern);
        Assert.Null(expectations.Columns[0].Values);
    }

    [Fact]
    public void ShapePattern_TextsOfAnyCharacters_MatchesAllOfThem()
    {
        const string Characters = "aZ0 .-*+?()[]{}|^$\\#é日\uD83D\uDE00\t\"'/";
        DeterministicRandom random = new(Seed);
        for (int round = 0; round < 500; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.NextInt(8)).Select(_ => Characters[random.NextInt(Characters.Length)]));
            string? pattern = ShapePattern.Of([.. Enumerable.Repeat(text, 10)]);

            Assert.True(pattern is not null && Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), $"{text} {pattern}");
            Assert.DoesNotMatch(pattern, text + "a!");
        }
    }

    [Fact]
    public void Infer_Freshness_FollowsTheReference()
    {
        Table table = new([new DateColumn("day", [Now.AddDays(-10), Now.AddDays(-3), null])]);

        TableExpectations expectations = ExpectationInference.Infer(table, Now, new InferenceOptions { FreshnessColumns = ["day"] });

        Assert.Equal(TimeSpan.FromDays(6), expectations.Columns[0].MaxAge);
        Assert.True(TableValidator.Check(table, expectations, Now.AddDays(3)).Passed);
        Assert.Equal("Freshness:0@", TableValidatorTests.Show(TableValidator.Check(table, expectations, Now.AddDays(4))));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(150, true)]
    [InlineData(400, false)]
    [InlineData(1000, false)]
    public void Infer_ReferenceWithSomeMissing_AllowsSomeMoreButNotAll(int missing, bool passes)
    {
        TableExpectations expectations = ExpectationInference.Infer(WithMissing(100), Now);

        Assert.Equal(passes, TableValidator.Check(WithMissing(missing), expectations, Now).Passed);

        static Table WithMissing(int count) => new([new NumberColumn("a", [.. Enumerable.Range(0, 1000).Select(row => row < count ? double.NaN : row % 7)])]);
    }

    [Fact]
    public void Infer_ShareOfMissingValues_IsTwiceTheUpperEndOfWilsonsInterval()
    {
        TableExpectations expectations = ExpectationInference.Infer(new Table([new NumberColumn("a", [double.NaN, .. Enumerable.Repeat(1.0, 9)])]), Now);

        // p = 0.1, n = 10, z = 3: (0.1 + 9/20 + 3 √(0.1·0.9/10 + 9/400)) / (1 + 9/10) = (0.55 + 3·0.177482) / 1.9 = 0.569709.
        Assert.Equal(1.0, expectations.Columns[0].MaxMissingShare);
        Assert.Equal(0.569709, ExpectationInference.Infer(new Table([new NumberColumn("a", [double.NaN, .. Enumerable.Repeat(1.0, 9)])]), Now, new InferenceOptions { MissingFactor = 1 }).Columns[0].MaxMissingShare!.Value, 5);
    }

    [Fact]
    public void Infer_FreshnessOfAnyFactor_IsAnAge()
    {
        Table table = new([new DateColumn("day", [DateTime.MinValue])]);

        TableExpectations expectations = ExpectationInference.Infer(table, Now, new InferenceOptions { FreshnessColumns = ["day"], AgeFactor = double.PositiveInfinity });

        Assert.Equal(TimeSpan.MaxValue, expectations.Columns[0].MaxAge);
        Assert.True(TableValidator.Check(table, expectations, Now).Passed);
    }

    [Theory]
    [InlineData("x", "Range:1@17")]
    [InlineData("flag", "Type:1@17")]
    [InlineData("colour", "Set:1@17")]
    public void Check_OneValueChanged_IsTheOneReported(string column, string expected)
    {
        Table table = RandomTables.Mixed(Seed, 200);
        TableExpectations expectations = ExpectationInference.Infer(table, Now);
        Column[] columns = [.. table.Columns.Select(each => each.Name != column ? each : Changed(each, 16))];

        Assert.Equal(expected, TableValidatorTests.Show(TableValidator.Check(new Table(columns), expectations, Now)));
    }

    private static Column Changed(Column column, int row) => column switch
    {
        NumberColumn numbers => new NumberColumn(column.Name, [.. numbers.Values.ToArray().Select((value, index) => index == row ? double.MaxValue : value)]),
        _ => new TextColumn(column.Name, ColumnType.Category, [.. Enumerable.Range(0, column.RowCount).Select(index => index == row ? "mauve" : column.TextAt(index))]),
    };
}
