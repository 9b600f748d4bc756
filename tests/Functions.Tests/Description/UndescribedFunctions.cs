using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Functions.Access;

namespace Trainyard.Functions.Tests.Description;

// No summary, and a function without an [Operation]: each is refused.
internal sealed class UndescribedFunctions
{
    [Function("Silent")]
    [Operation(Scopes.Read, LimitClass.Read)]
    public static IResult Silent([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "silent")] HttpRequest request) => Results.Ok(request.Method);

    [Function("Open")]
    public static IResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "open")] HttpRequest request) => Results.Ok(request.Method);
}
