using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Trainyard.Benchmarks.Http;

/// <summary>The least that functions can do.</summary>
public sealed class NoOpFunctions
{
    private const string Text = "ok";

    [Function("noop")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "noop")] HttpRequest request) => Answer();

    [Function("allocated")]
    public static IResult Allocated([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "allocated")] HttpRequest request) => AllocatedBytes();

    internal static IResult Answer() => Results.Text(Text);

    internal static IResult AllocatedBytes() =>
        Results.Text(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
}
