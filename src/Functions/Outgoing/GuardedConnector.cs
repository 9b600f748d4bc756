using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Trainyard.Functions.Outgoing;

/// <summary>Connects to what a name leads to, after checking every address that it leads to.</summary>
/// <remarks>
/// The check is made on the very address that is connected to, so that a name which leads elsewhere a moment later (DNS
/// rebinding) gains nothing. No proxy is used: it would resolve names on its own.
/// </remarks>
/// <param name="options">What may be reached.</param>
/// <param name="resolve">Finds the addresses of a name.</param>
internal sealed class GuardedConnector(OutgoingOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>A handler that connects this way, follows nothing, keeps no cookies and knows no credentials.</summary>
    /// <param name="tls">How servers' certificates are checked; null for as the system does.</param>
    public SocketsHttpHandler CreateHandler(SslClientAuthenticationOptions? tls = null)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectCallback = async (context, cancellationToken) => await ConnectAsync(context.DnsEndPoint, cancellationToken),
        };
        if (tls is not null)
        {
            handler.SslOptions = tls;
        }

        return handler;
    }

    private async Task<Stream> ConnectAsync(DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = IPAddress.TryParse(endPoint.Host, out IPAddress? literal) ? [literal] : await resolve(endPoint.Host, cancellationToken);

        // One forbidden address among several is enough: a name that leads here as well was made to.
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, options.Allows))
        {
            throw new ForbiddenAddressException();
        }

        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
