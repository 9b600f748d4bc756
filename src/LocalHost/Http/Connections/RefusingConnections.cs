using System.IO.Pipelines;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Trainyard.LocalHost.Http.Connections;

/// <summary>Puts a <see cref="RefusalWriter"/> between the server and every connection.</summary>
internal static class RefusingConnections
{
    /// <summary>Adds it to an endpoint; the writer is a feature of each of its connections.</summary>
    public static void Use(ListenOptions endpoint) => endpoint.Use(next => connection =>
    {
        RefusalWriter writer = new(connection.Transport.Output);
        connection.Features.Set(writer);
        connection.Transport = new Transport(connection.Transport.Input, writer);
        return next(connection);
    });

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
