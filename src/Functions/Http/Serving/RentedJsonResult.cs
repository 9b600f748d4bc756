using Microsoft.AspNetCore.Http;

namespace Trainyard.Functions.Http.Serving;

/// <summary>Answers 200 with JSON from a rented buffer, which it gives back. Executed once.</summary>
internal sealed class RentedJsonResult(RentedBytes body) : IResult
{
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
