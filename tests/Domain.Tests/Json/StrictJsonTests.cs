using System.Text;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Tests.Json;

public sealed class StrictJsonTests
{
    [Fact]
    public void Parse_WellFormed_IsTheRecord()
    {
        Order order = Parse("""{"name":"x","count":3,"ratio":0.5,"tags":["a"],"buyer":{"city":"Bled"},"notes":null}""");

        Assert.Equal(("x", 3, 0.5, "Bled"), (order.Name, order.Count, order.Ratio, order.Buyer!.City));
    }

    [Theory]
    [InlineData("", "json_empty", null)]
    [InlineData(" \n", "json_empty", null)]
    [InlineData("{", "json_malformed", null)]
    [InlineData("""{"name":"x",}""", "json_malformed", null)]
    [InlineData("""{"name":"x"} {}""", "json_malformed", null)]
    [InlineData("""[]""", "field_type", null)]
    [InlineData("""null""", "field_type", null)]
    [InlineData("""{}""", "field_missing", "name")]
    [InlineData("""{"name":null}""", "field_type", "name")]
    [InlineData("""{"name":5}""", "field_type", "name")]
    [InlineData("""{"name":"x","count":"3"}""", "field_type", "count")]
    [InlineData("""{"name":"x","count":3.5}""", "field_type", "count")]
    [InlineData("""{"name":"x","count":99999999999}""", "field_type", "count")]
    [InlineData("""{"name":"x","active":1}""", "field_type", "active")]
    [InlineData("""{"name":"x","tags":"a"}""", "field_type", "tags")]
    [InlineData("""{"name":"x","tags":["a",7]}""", "field_type", "tags[1]")]
    [InlineData("""{"name":"x","buyer":[]}""", "field_type", "buyer")]
    [InlineData("""{"name":"x","buyer":{"city":1}}""", "field_type", "buyer.city")]
    [InlineData("""{"name":"x","buyer":{"town":"y"}}""", "field_unknown", "buyer.town")]
    [InlineData("""{"name":"x","nmae":"y"}""", "field_unknown", "nmae")]
    [InlineData("""{"name":"x","name":"y"}""", "field_duplicate", "name")]
    [InlineData("""{"name":"\ud800"}""", "json_not_unicode", "name")]
    [InlineData("""{"\ud800":1}""", "json_not_unicode", null)]
    public void Parse_AnythingElse_IsRefusedByCodeAndField(string json, string code, string? field)
    {
        Problem problem = Assert.Throws<ProblemException>(() => Parse(json)).Problem;

        Assert.Equal((code, field ?? string.Empty), (problem.Code, problem.Field ?? string.Empty));
    }

    [Fact]
    public void Parse_MisspeltField_SuggestsTheRightOne()
    {
        Problem problem = Assert.Throws<ProblemException>(() => Parse("""{"nmae":"y"}""")).Problem;

        Assert.Contains("Did you mean 'name'?", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepNesting_IsRefused()
    {
        string json = $$"""{"name":"x","notes":{{new string('[', 50)}}{{new string(']', 50)}}}""";

        Assert.Equal("json_too_deep", Assert.Throws<ProblemException>(() => Parse(json)).Problem.Code);
    }

    [Fact]
    public void Parse_InvalidUtf8_IsRefused()
    {
        byte[] bytes = [.. "{\"name\":\""u8, 0xFF, .. "\"}"u8];

        Assert.Equal("json_not_unicode", Assert.Throws<ProblemException>(() => StrictJson.Parse(bytes, StrictJsonTestsJson.Default.Order, JsonLimits.Default)).Problem.Code);
    }

    [Fact]
    public void Parse_RandomEditsOfAGoodBody_AreReadOrRefused()
    {
        const int Seed = 20251103;
        Random random = new(Seed);
        byte[] good = Encoding.UTF8.GetBytes("""{"name":"x","count":3,"ratio":0.5,"tags":["a","b"],"buyer":{"city":"Bled"},"notes":{"k":[1,null]}}""");
        for (int round = 0; round < 20_000; round++)
        {
            byte[] edited = [.. good];
            for (int edit = random.Next(1, 4); edit > 0; edit--)
            {
                edited[random.Next(edited.Length)] = (byte)random.Next(256);
            }

            Exception? exception = Record.Exception(() => StrictJson.Parse(edited, StrictJsonTestsJson.Default.Order, JsonLimits.Default));
            Assert.True(exception is null or ProblemException, $"seed {Seed}, round {round}: {Convert.ToBase64String(edited)} gave {exception}");
        }
    }

    private static Order Parse(string json) => StrictJson.Parse(Encoding.UTF8.GetBytes(json), StrictJsonTestsJson.Default.Order, JsonLimits.Default);
}
