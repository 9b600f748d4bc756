using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Trainyard.Functions.Http.Serving;

/// <summary>Answers 200 with JSON from a rented buffer, which it gives back. Executed once.</summary>
internal sealed class RentedJsonResult(RentedBytes body) : IResult
{
    private const int AnswerBytes = 512;

    /// <summary>An answer that is written now; what it was to go into is given back when that fails.</summary>
    public static async ValueTask<IResult> OfAsync(Func<IBufferWriter<byte>, ValueTask> write)
    {
        RentedBytes answer = new(AnswerBytes);
        try
        {
            await write(answer);
            return new RentedJsonResult(answer);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (body)
        {
            HttpResponse response = httpContext.Response;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body.Memory, httpContext.RequestAborted);
        }
    }
}
