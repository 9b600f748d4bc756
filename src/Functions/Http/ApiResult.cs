using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Trainyard.Domain.Idempotency;

namespace Trainyard.Functions.Http;

/// <summary>A JSON answer, written whole with its length. The casing is that of the record's own JSON context.</summary>
internal sealed class ApiResult : IResult
{
    private const string JsonType = "application/json; charset=utf-8";

    private ApiResult(int status, byte[] body, string? location) => (Status, Body, Location) = (status, body, location);

    public int Status { get; }

    public byte[] Body { get; }

    public string? Location { get; }

    public static ApiResult NoContent { get; } = new(StatusCodes.Status204NoContent, [], null);

    public static ApiResult Ok<T>(T value, JsonTypeInfo<T> type) => new(StatusCodes.Status200OK, Write(value, type), null);

    public static ApiResult Created<T>(string location, T value, JsonTypeInfo<T> type) => new(StatusCodes.Status201Created, Write(value, type), location);

    public static ApiResult Accepted<T>(string location, T value, JsonTypeInfo<T> type) => new(StatusCodes.Status202Accepted, Write(value, type), location);

    public static ApiResult WithStatus<T>(int status, T value, JsonTypeInfo<T> type) => new(status, Write(value, type), null);

    public static ApiResult From(RecordedResponse recorded) => new(recorded.Status, recorded.Body, recorded.Location);

    public RecordedResponse ToRecorded() => new(Status, Location, Body);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = Status;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Body.Length > 0)
        {
            response.ContentType = JsonType;
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }

    private static byte[] Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
