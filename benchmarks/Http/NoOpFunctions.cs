using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Functions.Access;

namespace Trainyard.Benchmarks.Http;

/// <summary>The least that functions can do.</summary>
public sealed class NoOpFunctions
{
    private const string Text = "ok";

    [Function("noop")]
    [Operation(Scopes.None, LimitClass.Read)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "noop")] HttpRequest request) => Answer();

    [Function("allocated")]
    [Operation(Scopes.None, LimitClass.Read)]
    public static IResult Allocated([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "allocated")] HttpRequest request) => AllocatedBytes();

    internal static IResult Answer() => Results.Text(Text);

    internal static IResult AllocatedBytes() =>
        Results.Text(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
}
