using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Trainyard.Functions.Tests.Datasets;

public sealed class DatasetFunctionsTests(PlatformHost host) : IClassFixture<PlatformHost>
{
    private const string Csv = "size,colour\n1.5,red\n2,green\n,red\n";

    [Fact]
    public async Task Upload_Csv_Answers201WithFiguresAndLocation()
    {
        using HttpResponseMessage response = await host.UploadAsync("upload", Csv);
        JsonElement body = await PlatformHost.JsonAsync(response);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/v1/datasets/upload?version=1", response.Headers.Location!.OriginalString);
        Assert.Equal(["name", "version", "uri", "rows", "columns", "sha256"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("dataset://upload/1", 3, 2), (body.GetProperty("uri").GetString(), body.GetProperty("rows").GetInt32(), body.GetProperty("columns").GetInt32()));
    }

    [Fact]
    public async Task Upload_Gzip_IsTheSameContent()
    {
        JsonElement plain = await PlatformHost.JsonAsync(await host.UploadAsync("zipped", Csv));
        JsonElement zipped = await PlatformHost.JsonAsync(await host.UploadAsync("zipped", Gzip(Encoding.UTF8.GetBytes(Csv))));

        Assert.Equal(plain.GetProperty("sha256").GetString(), zipped.GetProperty("sha256").GetString());
        Assert.Equal(2, zipped.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Upload_GzipFileWithoutContentEncoding_IsTheSameContent()
    {
        using HttpContent file = Gzip(Encoding.UTF8.GetBytes(Csv));
        file.Headers.ContentEncoding.Clear();
        JsonElement plain = await PlatformHost.JsonAsync(await host.UploadAsync("file", Csv));
        JsonElement zipped = await PlatformHost.JsonAsync(await host.UploadAsync("file", file));

        Assert.Equal(plain.GetProperty("sha256").GetString(), zipped.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Get_ColumnOfNumbersAndOneWord_NamesTheWord()
    {
        await host.UploadAsync("slip", "n\n" + string.Concat(Enumerable.Range(0, 199).Select(row => $"{row}\n")) + "many\n");

        JsonElement column = (await host.GetAsync("api/v1/datasets/slip")).GetProperty("profile")[0];

        JsonElement suspects = column.GetProperty("suspects");
        Assert.Equal("number", suspects.GetProperty("type").GetString(), ignoreCase: true);
        Assert.Equal((199, 1), (suspects.GetProperty("fitting").GetInt32(), suspects.GetProperty("others").GetInt32()));
        JsonElement example = Assert.Single(suspects.GetProperty("examples").EnumerateArray());
        Assert.Equal(("many", 1, 200, 201), (example.GetProperty("value").GetString(), example.GetProperty("count").GetInt32(), example.GetProperty("row").GetInt32(), example.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Upload_GzipCutShort_IsRefused()
    {
        byte[] random = new byte[5000];
        new Random(7).NextBytes(random);
        byte[] zipped = await Gzip(Encoding.UTF8.GetBytes("a\n" + Convert.ToBase64String(random))).ReadAsByteArrayAsync();
        ByteArrayContent cut = Content(zipped[..(zipped.Length / 2)]);

        await RefusedAsync(await host.UploadAsync("cut", cut), HttpStatusCode.BadRequest, "gzip_invalid");
        await RefusedAsync(await host.UploadAsync("cut", Content("not gzip"u8.ToArray())), HttpStatusCode.BadRequest, "gzip_invalid");
    }

    [Fact]
    public async Task Upload_GzipBomb_StopsAtTheLineLimit()
    {
        ByteArrayContent bomb = Gzip(new byte[64 * 1024 * 1024]);

        await RefusedAsync(await host.UploadAsync("bomb", bomb), HttpStatusCode.RequestEntityTooLarge, "dataset_line_too_long");
    }

    [Fact]
    public async Task Upload_Ndjson_IsRead()
    {
        using HttpResponseMessage response = await host.UploadAsync("lines", new StringContent("{\"a\":1,\"b\":\"x\"}\n{\"a\":2}\n", Encoding.UTF8, "application/x-ndjson"));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("ndjson", (await host.GetAsync("api/v1/datasets/lines")).GetProperty("format").GetString());
    }

    [Theory]
    [InlineData("", "csv_empty")]
    [InlineData("a,b\n", "csv_header_only")]
    [InlineData("a,b\n1,2\n3\n", "csv_ragged_row")]
    [InlineData("a,a\n1,2\n", "csv_duplicate_column")]
    [InlineData("a,b\n\"1,2\n", "csv_unterminated_quote")]
    public async Task Upload_UnreadableCsv_IsRefusedByCode(string csv, string code) =>
        await RefusedAsync(await host.UploadAsync("unreadable", csv), HttpStatusCode.UnprocessableEntity, code);

    [Fact]
    public async Task Upload_RaggedRow_NamesTheLine()
    {
        JsonElement problem = await RefusedAsync(await host.UploadAsync("ragged", "a,b\n1,2\n3\n"), HttpStatusCode.UnprocessableEntity, "csv_ragged_row");

        Assert.Equal(3, problem.GetProperty("row").GetInt64());
    }

    [Fact]
    public async Task Upload_TenThousandColumns_IsRefused()
    {
        string header = string.Join(',', Enumerable.Range(0, 10_000).Select(index => $"c{index}"));
        string row = string.Join(',', Enumerable.Repeat('1', 10_000));

        await RefusedAsync(await host.UploadAsync("wide", $"{header}\n{row}\n"), HttpStatusCode.RequestEntityTooLarge, "csv_too_many_columns");
    }

    [Fact]
    public async Task Upload_AllMissingColumn_IsTakenAndProfiledSo()
    {
        using HttpResponseMessage response = await host.UploadAsync("hollow", "a,b\n1,\n2,\n");
        JsonElement profile = (await host.GetAsync("api/v1/datasets/hollow")).GetProperty("profile");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(2, profile[1].GetProperty("missing").GetInt32());
    }

    [Theory]
    [InlineData("..%2Fsecrets")]
    [InlineData("a%00b")]
    [InlineData("%F0%9F%93%88")]
    [InlineData("")]
    public async Task Upload_NameOutsideTheAlphabet_IsRefused(string escaped)
    {
        using HttpResponseMessage response = await host.Client.PostAsync(
            new Uri($"api/v1/datasets?name={escaped}", UriKind.Relative), new StringContent(Csv, Encoding.UTF8, "text/csv"));

        await RefusedAsync(response, HttpStatusCode.BadRequest, "name_invalid");
    }

    [Fact]
    public async Task Upload_OtherContentType_IsRefused() =>
        await RefusedAsync(await host.UploadAsync("typed", new StringContent(Csv, Encoding.UTF8, "application/pdf")), HttpStatusCode.BadRequest, "content_type_unsupported");

    [Theory]
    [InlineData("text/csv; charset=utf-8", null)]
    [InlineData("text/csv; charset=\"UTF-8\"", null)]
    [InlineData("text/csv; charset=us-ascii; header=present", null)]
    [InlineData("text/csv; charset=utf-16", "content_type_unsupported")]
    [InlineData("text/csv; charset=iso-8859-1", "content_type_unsupported")]
    public async Task Upload_Charset_IsUtf8OrRefused(string contentType, string? code)
    {
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(Csv));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using HttpResponseMessage response = await host.UploadAsync("charset", content);

        Assert.Equal(code, (await PlatformHost.JsonAsync(response)).TryGetProperty("code", out JsonElement given) ? given.GetString() : null);
    }

    [Fact]
    public async Task Upload_SameIdempotencyKey_MakesOneVersionUnlessTheContentDiffers()
    {
        JsonElement first = await PlatformHost.JsonAsync(await UploadAsync("keyed", Csv, "key-1"));
        JsonElement again = await PlatformHost.JsonAsync(await UploadAsync("keyed", Csv, "key-1"));
        using HttpResponseMessage other = await UploadAsync("keyed", Csv + "9,blue\n", "key-1");

        Assert.Equal((1, 1), (first.GetProperty("version").GetInt32(), again.GetProperty("version").GetInt32()));
        await RefusedAsync(other, HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
    }

    [Fact]
    public async Task Get_Dataset_ShowsTypesMissingCardinalityAndQuantiles()
    {
        await host.UploadAsync("shown", Csv);

        JsonElement dataset = await host.GetAsync("api/v1/datasets/shown/");
        JsonElement size = dataset.GetProperty("profile")[0];

        Assert.Equal(64, dataset.GetProperty("sha256").GetString()!.Length);
        Assert.Equal(("number", 1, 2), (size.GetProperty("type").GetString(), size.GetProperty("missing").GetInt32(), size.GetProperty("distinct").GetInt32()));
        Assert.Contains(size.GetProperty("number").GetProperty("quantiles").EnumerateArray(), each => each.GetProperty("probability").GetDouble() == 0.5 && each.GetProperty("value").GetDouble() == 1.75);
    }

    [Fact]
    public async Task Versions_PageByPage_AreNewestFirst()
    {
        for (int version = 1; version <= 3; version++)
        {
            await host.UploadAsync("paged", $"{Csv}{version},x\n");
        }

        JsonElement first = await host.GetAsync("api/v1/datasets/paged/versions?limit=2");
        string continuation = Uri.EscapeDataString(first.GetProperty("continuation").GetString()!);
        JsonElement second = await host.GetAsync($"api/v1/datasets/paged/versions?limit=2&continuation={continuation}");

        Assert.Equal([3, 2], first.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("version").GetInt32()));
        Assert.Equal([1], second.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("version").GetInt32()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("continuation").ValueKind);
    }

    [Theory]
    [InlineData("api/v1/datasets?limit=-1", HttpStatusCode.BadRequest, "limit_out_of_range")]
    [InlineData("api/v1/datasets?limit=999999999999", HttpStatusCode.BadRequest, "limit_out_of_range")]
    [InlineData("api/v1/datasets?limit=ten", HttpStatusCode.BadRequest, "parameter_invalid")]
    [InlineData("api/v1/datasets?limit=1&limit=2", HttpStatusCode.BadRequest, "parameter_repeated")]
    [InlineData("api/v1/datasets?continuation=tampered", HttpStatusCode.BadRequest, "continuation_invalid")]
    [InlineData("api/v1/datasets/none", HttpStatusCode.NotFound, "dataset_not_found")]
    [InlineData("api/v1/datasets/none/versions", HttpStatusCode.NotFound, "dataset_not_found")]
    [InlineData("api/v1/datasets/%F0%9F%93%88", HttpStatusCode.BadRequest, "name_invalid")]
    [InlineData("api/v1/datasets/none?version=0", HttpStatusCode.BadRequest, "parameter_out_of_range")]
    [InlineData("nowhere", HttpStatusCode.NotFound, "route_not_found")]
    public async Task Get_Impossible_IsRefusedByCode(string path, HttpStatusCode status, string code) =>
        await RefusedAsync(await host.Client.GetAsync(new Uri(path, UriKind.Relative)), status, code);

    [Fact]
    public async Task Get_NameOfTenThousandCharacters_IsRefused() =>
        await RefusedAsync(await host.Client.GetAsync(new Uri("api/v1/datasets/" + new string('a', 10_000), UriKind.Relative)), HttpStatusCode.BadRequest, "name_invalid");

    [Fact]
    public async Task Delete_Dataset_IsGoneAndItsNumbersStayTaken()
    {
        await host.UploadAsync("deleted", Csv);

        using HttpResponseMessage response = await host.Client.DeleteAsync(new Uri("api/v1/datasets/deleted", UriKind.Relative));
        JsonElement next = await PlatformHost.JsonAsync(await host.UploadAsync("deleted", Csv));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(2, next.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Delete_OneVersion_IsRefusedAndKeepsTheDataset()
    {
        await host.UploadAsync("kept", Csv);

        await RefusedAsync(await host.Client.DeleteAsync(new Uri("api/v1/datasets/kept?version=1", UriKind.Relative)), HttpStatusCode.BadRequest, "parameter_unknown");

        await host.GetAsync("api/v1/datasets/kept?version=1");
    }

    [Fact]
    public async Task Get_Dataset_TellsItsTimeInUtcWithZ()
    {
        await host.UploadAsync("timed", Csv);

        Assert.EndsWith("Z", (await host.GetAsync("api/v1/datasets/timed")).GetProperty("created_at").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        JsonElement problem = await PlatformHost.ProblemAsync(response);
        Assert.Equal((status, code), (response.StatusCode, problem.GetProperty("code").GetString()));
        return problem;
    }

    private static ByteArrayContent Gzip(byte[] bytes)
    {
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return Content(zipped.ToArray());
    }

    private static ByteArrayContent Content(byte[] bytes)
    {
        ByteArrayContent content = new(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private Task<HttpResponseMessage> UploadAsync(string name, string csv, string key)
    {
        HttpRequestMessage request = new(HttpMethod.Post, $"api/v1/datasets?name={name}") { Content = new StringContent(csv, Encoding.UTF8, "text/csv") };
        request.Headers.Add("Idempotency-Key", key);
        return host.Client.SendAsync(request);
    }
}
