namespace Trainyard.Functions.Access.Tokens;

/// <summary>Speaks to the identity provider, whose address the operator chose: bounded, and without following where it points.</summary>
internal static class ProviderClient
{
    // Configurations and key sets have a few kilobytes.
    private const int MaxBytes = 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>A client for as long as the app lives; it notices when the provider's name leads elsewhere.</summary>
    public static HttpClient Create() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime }) { Timeout = Timeout, MaxResponseContentBufferSize = MaxBytes };
}
