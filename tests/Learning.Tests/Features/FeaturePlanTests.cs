using System.Text.Json.Nodes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;

namespace Trainyard.Learning.Tests.Features;

public sealed class FeaturePlanTests
{
    private const double Missing = double.NaN;
    private static readonly string[] Colours = ["red", "red", "red", "blue", "blue", "green"];

    [Fact]
    public void Fit_NumberForALinearModel_FillsWithTheMedianStandardisesAndMarks()
    {
        Table rows = Rows(new NumberColumn("x", [1, 2, Missing, 3, 10, 2]));

        FeaturePlan plan = FeaturePlan.Fit(rows, "target", FeatureNeeds.Dense);
        FeatureMatrix matrix = plan.Transform(rows);

        // Filled with the median 2: mean 20/6, population variance (1 + 4 + 4 + 9 + 100 + 4)/6 - (20/6)² = 20.3333 - 11.1111.
        double mean = 20.0 / 6;
        double deviation = Math.Sqrt((122.0 / 6) - (mean * mean));
        Assert.Equal(["x", "x=(missing)"], plan.Features.Select(feature => feature.Name));
        Assert.Equal((2 - mean) / deviation, matrix.Column(0)[2], 12);
        Assert.Equal((10 - mean) / deviation, matrix.Column(0)[4], 12);
        Assert.Equal([0, 0, 1, 0, 0, 0], matrix.Column(1).ToArray());
    }

    [Fact]
    public void Fit_NumberForTrees_KeepsNumbersAndMissingValues()
    {
        Table rows = Rows(new NumberColumn("x", [1, 2, Missing, 3, 10, 2]));

        FeatureMatrix matrix = FeaturePlan.Fit(rows, "target", FeatureNeeds.Native).Transform(rows);

        Assert.Equal([1, 2, Missing, 3, 10, 2], matrix.Column(0).ToArray());
    }

    [Fact]
    public void Fit_CategoryForALinearModel_GivesAFeatureForEachAndOneForTheRare()
    {
        Table rows = Rows(new TextColumn("colour", ColumnType.Category, Colours));

        FeaturePlan plan = FeaturePlan.Fit(rows, "target", FeatureNeeds.Dense);
        FeatureMatrix matrix = plan.Transform(rows);

        Assert.Equal(["colour=blue", "colour=red", "colour=(other)"], plan.Features.Select(feature => feature.Name));
        Assert.Equal([0, 0, 0, 1, 1, 0], matrix.Column(0).ToArray());
        Assert.Equal([1, 1, 1, 0, 0, 0], matrix.Column(1).ToArray());
        Assert.Equal([0, 0, 0, 0, 0, 1], matrix.Column(2).ToArray());
    }

    [Fact]
    public void Fit_CategoryForTrees_GivesIndicesInOrdinalOrder()
    {
        Table rows = Rows(new TextColumn("colour", ColumnType.Category, Colours));

        FeaturePlan plan = FeaturePlan.Fit(rows, "target", FeatureNeeds.Native);

        Assert.Equal([new FeatureInfo("colour", "colour", FeatureKind.Category, 3)], plan.Features);
        Assert.Equal([1, 1, 1, 0, 0, 2], plan.Transform(rows).Column(0).ToArray());
    }

    [Theory]
    [InlineData("violet", "other", 2.0)]
    [InlineData("red", "known", 1.0)]
    [InlineData("NA", "missing", Missing)]
    [InlineData("", "missing", Missing)]
    public void Transform_CategoryForTrees_TellsUnknownFromMissing(string value, string _, double expected)
    {
        FeaturePlan plan = FeaturePlan.Fit(Rows(new TextColumn("colour", ColumnType.Category, Colours)), "target", FeatureNeeds.Native);
        double[] features = new double[1];

        plan.Transform([Cell.FromText(value)], features);

        Assert.Equal(expected, features[0]);
    }

    [Fact]
    public void Transform_UnknownCategoryWithoutOther_IsMissingForTreesAndZerosForLinearModels()
    {
        string[] common = ["red", "red", "red", "blue", "blue", "blue"];
        Table rows = Rows(new TextColumn("colour", ColumnType.Category, common));
        double[] index = new double[1];
        double[] oneHot = [7, 7];

        FeaturePlan.Fit(rows, "target", FeatureNeeds.Native).Transform([Cell.FromText("violet")], index);
        FeaturePlan.Fit(rows, "target", FeatureNeeds.Dense).Transform([Cell.FromText("violet")], oneHot);

        Assert.Equal([Missing], index);
        Assert.Equal([0, 0], oneHot);
    }

    [Fact]
    public void Fit_MoreCategoriesThanAllowed_KeepsTheMostFrequent()
    {
        Table rows = Rows(new TextColumn("colour", ColumnType.Category, Colours));

        FeaturePlan plan = FeaturePlan.Fit(rows, "target", FeatureNeeds.Dense, new FeaturePlanOptions { MaxCategories = 1 });

        Assert.Equal(["colour=red", "colour=(other)"], plan.Features.Select(feature => feature.Name));
    }

    [Fact]
    public void Fit_Dates_GivesThePartsThatDiffer()
    {
        DateTime?[] dates = [new(2024, 2, 29), new(2024, 3, 1), null, new(2024, 3, 3), new(2024, 3, 4), new(2024, 12, 31)];
        Table rows = Rows(new DateColumn("day", dates));

        FeaturePlan plan = FeaturePlan.Fit(rows, "target", FeatureNeeds.Native);
        FeatureMatrix matrix = plan.Transform(rows);

        Assert.Equal(["day.days", "day.month", "day.day_of_month", "day.day_of_week"], plan.Features.Select(feature => feature.Name));
        Assert.Equal([19782, 19783, Missing, 19785, 19786, 20088], matrix.Column(0).ToArray());
        Assert.Equal([4, 5, Missing, 7, 1, 2], matrix.Column(3).ToArray());
    }

    [Fact]
    public void Fit_Booleans_AreZeroAndOne()
    {
        Table rows = Rows(new BooleanColumn("flag", [true, false, null, true, true, false]));

        Assert.Equal([1, 0, Missing, 1, 1, 0], FeaturePlan.Fit(rows, "target", FeatureNeeds.Native).Transform(rows).Column(0).ToArray());
        Assert.Equal([1, 0, 1, 1, 1, 0], FeaturePlan.Fit(rows, "target", FeatureNeeds.Dense).Transform(rows).Column(0).ToArray());
    }

    [Fact]
    public void Fit_FreeText_GivesRowsOfLengthOneThatShareWordsByCase()
    {
        string?[] texts = ["Good good service", "GOOD service", "bad food", "bad food again", null, "!!!"];
        Table rows = Rows(new TextColumn("comment", ColumnType.Text, texts));

        FeaturePlan plan = FeaturePlan.Fit(rows, "target", FeatureNeeds.Dense);
        FeatureMatrix matrix = plan.Transform(rows);
        double[][] vectors = [.. Enumerable.Range(0, 6).Select(row => RowOf(matrix, row))];

        // good, service, bad and food occur in two texts each, again in one.
        Assert.Equal(4, plan.Features.Count);
        Assert.All(vectors[..4], vector => Assert.Equal(1, vector.Sum(value => value * value), 12));
        Assert.All(vectors[4..], vector => Assert.All(vector, value => Assert.Equal(0, value)));

        // All four words weigh alike, so that the first text is (2, 1)/√5 and the second (1, 1)/√2 on good and service.
        Assert.Equal(3 / Math.Sqrt(10), Dot(vectors[0], vectors[1]), 12);
        Assert.Equal(0, Dot(vectors[0], vectors[2]), 12);
    }

    [Theory]
    [InlineData("empty", DropReason.AllMissing)]
    [InlineData("same", DropReason.Constant)]
    [InlineData("code", DropReason.Identifier)]
    [InlineData("customer_id", DropReason.Identifier)]
    [InlineData("once", DropReason.TooRare)]
    public void Fit_ColumnThatCarriesNothing_IsDroppedWithTheReason(string column, DropReason reason)
    {
        const int Count = 40;
        Table rows = new(
        [
            new NumberColumn("x", [.. Enumerable.Range(0, Count).Select(row => (double)(row % 7))]),
            new NumberColumn("year", [.. Enumerable.Range(0, Count).Select(row => 1700.0 + row)]),
            new NumberColumn("empty", [.. Enumerable.Repeat(Missing, Count)]),
            new TextColumn("same", ColumnType.Category, Enumerable.Repeat("a", Count)),
            new TextColumn("code", ColumnType.Category, Enumerable.Range(0, Count).Select(row => $"c{row}")),
            new NumberColumn("customer_id", [.. Enumerable.Range(0, Count).Select(row => (double)(1000 - row))]),
            new TextColumn("once", ColumnType.Category, Enumerable.Range(0, Count).Select(row => row < 3 ? $"c{row}" : null)),
            new NumberColumn("target", new double[Count]),
        ]);

        FeaturePlan plan = FeaturePlan.Fit(rows, "target", FeatureNeeds.Dense);

        Assert.Contains(new DroppedColumn(column, reason), plan.Dropped);
        Assert.Equal(["x", "year"], plan.Features.Select(feature => feature.Source).Distinct());
        Assert.Equal(7, plan.Inputs.Columns.Count);
    }

    [Theory]
    [InlineData("x", "seven", "not_a_number")]
    [InlineData("flag", "maybe", "not_a_boolean")]
    [InlineData("day", "29/02/2024", "not_a_date")]
    public void Transform_CellThatDoesNotFit_NamesTheColumn(string column, string value, string code)
    {
        (FeaturePlan plan, _) = Mixed(1, FeatureNeeds.Dense);
        Cell[] row = [.. plan.Inputs.Columns.Select(input => input.Name == column ? Cell.FromText(value) : Cell.Missing)];

        LearningException error = Assert.Throws<LearningException>(() => plan.Transform(row, new double[plan.Features.Count]));

        Assert.Equal((code, column), (error.Code, error.Field));
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Transform_InfiniteNumber_IsRefused(double number)
    {
        FeaturePlan plan = FeaturePlan.Fit(Rows(new NumberColumn("x", [1, 2, 3, 4, 5, 6])), "target", FeatureNeeds.Dense);

        LearningException error = Assert.Throws<LearningException>(() => plan.Transform([Cell.FromNumber(number)], new double[1]));

        Assert.Equal("not_a_number", error.Code);
    }

    [Fact]
    public void Transform_HugeNumber_StaysFinite()
    {
        FeaturePlan plan = FeaturePlan.Fit(Rows(new NumberColumn("x", [1e-300, 2e-300, 3e-300, 0, 5e-300, 6e-300])), "target", FeatureNeeds.Dense);
        double[] features = new double[1];

        plan.Transform([Cell.FromNumber(double.MaxValue)], features);

        Assert.True(double.IsFinite(features[0]));
    }

    [Theory]
    [MemberData(nameof(SeedsAndNeeds))]
    public void Transform_TableAndRow_GiveEqualBits(ulong seed, bool dense)
    {
        (FeaturePlan plan, Table rows) = Mixed(seed, dense ? FeatureNeeds.Dense : FeatureNeeds.Native);
        Table others = RandomTables.Mixed(seed + 1000, 50);

        foreach (Table table in (Table[])[rows, others])
        {
            FeatureMatrix matrix = plan.Transform(table);
            double[] fromTable = new double[plan.Features.Count];
            double[] fromCells = new double[plan.Features.Count];
            for (int row = 0; row < table.RowCount; row++)
            {
                matrix.CopyRow(row, fromTable);
                plan.Transform([.. plan.Inputs.Columns.Select(column => table[column.Name].CellAt(row))], fromCells);
                Assert.Equal(fromTable.Select(BitConverter.DoubleToInt64Bits), fromCells.Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    [Theory]
    [MemberData(nameof(SeedsAndNeeds))]
    public void FromJson_WhatToJsonWrote_TransformsAlike(ulong seed, bool dense)
    {
        (FeaturePlan plan, Table rows) = Mixed(seed, dense ? FeatureNeeds.Dense : FeatureNeeds.Native);
        string json = plan.ToJson().ToJsonString();

        FeaturePlan read = FeaturePlan.FromJson(JsonNode.Parse(json));

        Assert.Equal(json, read.ToJson().ToJsonString());
        Assert.Equal(plan.Features, read.Features);
        Assert.Equal(plan.Inputs, read.Inputs);
        Assert.Equal(plan.Dropped, read.Dropped);
        FeatureMatrix expected = plan.Transform(rows);
        FeatureMatrix actual = read.Transform(rows);
        for (int feature = 0; feature < plan.Features.Count; feature++)
        {
            Assert.Equal(expected.Column(feature).ToArray(), actual.Column(feature).ToArray());
        }
    }

    [Fact]
    public void Transform_TableOfOtherTypes_ReadsItsValuesAsThePlanDoes()
    {
        FeaturePlan plan = FeaturePlan.Fit(Rows(new NumberColumn("x", [1, 2, 3, 4, 5, 6])), "target", FeatureNeeds.Native);
        Table texts = new([new TextColumn("x", ColumnType.Category, ["1.5", null, "7"])]);

        Assert.Equal([1.5, Missing, 7], plan.Transform(texts).Column(0).ToArray());
    }

    [Fact]
    public void Transform_TableWithTextAmongNumbers_NamesColumnAndRow()
    {
        FeaturePlan plan = FeaturePlan.Fit(Rows(new NumberColumn("x", [1, 2, 3, 4, 5, 6])), "target", FeatureNeeds.Native);
        Table texts = new([new TextColumn("x", ColumnType.Category, ["1.5", "seven"])]);

        LearningException error = Assert.Throws<LearningException>(() => plan.Transform(texts));

        Assert.Equal(("not_a_number", "x"), (error.Code, error.Field));
        Assert.StartsWith("Row 2: 'seven'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_TableWithoutAColumn_IsMissingThere()
    {
        FeaturePlan plan = FeaturePlan.Fit(Rows(new NumberColumn("x", [1, 2, 3, 4, 5, 6])), "target", FeatureNeeds.Native);

        Assert.Equal([Missing], plan.Transform(new Table([new NumberColumn("other", [1])])).Column(0).ToArray());
    }

    [Fact]
    public void Transform_OneRow_AllocatesNothing()
    {
        (FeaturePlan plan, Table rows) = Mixed(3, FeatureNeeds.Dense);
        Cell[] row = [.. plan.Inputs.Columns.Select(column => rows[column.Name].CellAt(0))];
        double[] features = new double[plan.Features.Count];
        plan.Transform(row, features);

        long bytes = Allocations.Of(() =>
        {
            for (int round = 0; round < 100; round++)
            {
                plan.Transform(row, features);
            }
        });
        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData("""null""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"target":"y","inputs":{"columns":[]},"encodings":[null],"dropped":[]}""")]
    [InlineData("""{"target":"y","inputs":{"columns":[{"name":"x","type":"number","nullable":true}]},"encodings":[{"kind":"number","column":"z","scaling":{"fill":null,"mean":0,"scale":null},"hasIndicator":false}],"dropped":[]}""")]
    [InlineData("""{"target":"y","inputs":{"columns":[{"name":"x","type":"number","nullable":true}]},"encodings":[{"kind":"number","column":"x","scaling":{"fill":null,"mean":0,"scale":0},"hasIndicator":false}],"dropped":[]}""")]
    [InlineData("""{"target":"y","inputs":{"columns":[{"name":"x","type":"number","nullable":true}]},"encodings":[{"kind":"number","column":"x","scaling":{"fill":null,"mean":1e999,"scale":null},"hasIndicator":false}],"dropped":[]}""")]
    [InlineData("""{"target":"y","inputs":{"columns":[{"name":"x","type":"category","nullable":true}]},"encodings":[{"kind":"category","column":"x","categories":["a"],"hasOther":false,"oneHot":true,"fill":1,"hasIndicator":false}],"dropped":[]}""")]
    [InlineData("""{"target":"y","inputs":{"columns":[{"name":"x","type":"category","nullable":true}]},"encodings":[{"kind":"category","column":"x","categories":["a","a"],"hasOther":false,"oneHot":true,"fill":null,"hasIndicator":false}],"dropped":[]}""")]
    [InlineData("""{"target":"y","inputs":{"columns":[{"name":"x","type":"text","nullable":true}]},"encodings":[{"kind":"text","column":"x","bucketCount":4,"buckets":[0,4],"weights":[1,1]}],"dropped":[]}""")]
    [InlineData("""{"target":"y","inputs":{"columns":[{"name":"x","type":"text","nullable":true}]},"encodings":[{"kind":"text","column":"x","bucketCount":1073741824,"buckets":[0],"weights":[1]}],"dropped":[]}""")]
    [InlineData("""{"target":"y","inputs":{"columns":[{"name":"x","type":"number","nullable":true}]},"encodings":[{"kind":"magic","column":"x"}],"dropped":[]}""")]
    public void FromJson_SomethingElse_IsRefusedWithACode(string json)
    {
        LearningException error = Assert.Throws<LearningException>(() => FeaturePlan.FromJson(JsonNode.Parse(json)));

        Assert.Equal("feature_plan_invalid", error.Code);
    }

    [Fact]
    public void Fit_NothingBesideTheTarget_IsRefused()
    {
        LearningException error = Assert.Throws<LearningException>(() => FeaturePlan.Fit(Rows(new NumberColumn("x", new double[6])), "target", FeatureNeeds.Dense));

        Assert.Equal("no_features", error.Code);
    }

    [Fact]
    public void Fit_ManyFeatures_IsRefusedPastTheLimit()
    {
        Table rows = Rows(new TextColumn("colour", ColumnType.Category, Colours));

        LearningException error = Assert.Throws<LearningException>(() => FeaturePlan.Fit(rows, "target", FeatureNeeds.Dense, new FeaturePlanOptions { MaxFeatures = 2 }));

        Assert.Equal("too_many_features", error.Code);
    }

    [Fact]
    public void Fit_NamesThatMeet_AreMadeUnique()
    {
        Table rows = Rows(
            new TextColumn("a", ColumnType.Category, ["b=c", "b=c", "b=c", "d", "d", "d"]),
            new TextColumn("a=b", ColumnType.Category, ["c", "c", "c", "d", "d", "d"]));

        FeaturePlan plan = FeaturePlan.Fit(rows, "target", FeatureNeeds.Dense);

        Assert.Equal(["a=b=c", "a=d", "a=b=c (2)", "a=b=d"], plan.Features.Select(feature => feature.Name));
    }

    public static TheoryData<ulong, bool> SeedsAndNeeds()
    {
        TheoryData<ulong, bool> data = [];
        for (ulong seed = 1; seed <= 10; seed++)
        {
            data.Add(seed, true);
            data.Add(seed, false);
        }

        return data;
    }

    private static (FeaturePlan Plan, Table Rows) Mixed(ulong seed, FeatureNeeds needs)
    {
        Table rows = RandomTables.Mixed(seed, 60);
        return (FeaturePlan.Fit(rows, "target", needs), rows);
    }

    private static Table Rows(params Column[] columns) => new([.. columns, new NumberColumn("target", new double[columns[0].RowCount])]);

    private static double[] RowOf(FeatureMatrix matrix, int row)
    {
        double[] values = new double[matrix.FeatureCount];
        matrix.CopyRow(row, values);
        return values;
    }

    private static double Dot(double[] first, double[] second) => first.Zip(second).Sum(pair => pair.First * pair.Second);
}
