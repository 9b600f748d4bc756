using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Access;

/// <summary>Tells requests of programs on this machine from those that a page in its browser was made to send.</summary>
/// <remarks>
/// Open access rests on nobody else reaching the loopback address, but a web page reaches it through its visitor's
/// browser: directly, with an Origin header, or after its own name was made to lead here (DNS rebinding), with that name as Host.
/// </remarks>
internal static class LocalRequests
{
    private const string Localhost = "localhost";

    /// <exception cref="ProblemException"><c>origin_forbidden</c>.</exception>
    public static void Require(HttpRequest request)
    {
        StringValues origin = request.Headers.Origin;
        bool fromHere = IsLoopback(request.Host.Host)
            && (origin.Count == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && IsLoopback(page.Host)));
        if (!fromHere)
        {
            throw new ProblemException(new Problem(
                ProblemKind.Forbidden, "origin_forbidden", "Without keys this host answers programs on its own machine alone, asked by its loopback address; make a key to let others in.", "Host"));
        }
    }

    private static bool IsLoopback(string host) =>
        host.Equals(Localhost, StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
