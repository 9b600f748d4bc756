namespace Trainyard.Testing.Azurite;

/// <summary>A request as a <see cref="StorageProxy"/> sees it.</summary>
/// <param name="Service">Blob, Queue or Table.</param>
/// <param name="Method">Its method.</param>
/// <param name="Target">Its path and query, as sent.</param>
/// <param name="Id">Names the call that it is a try of: every try of a client has the same.</param>
public sealed record StorageRequest(string Service, string Method, string Target, string Id)
{
    /// <summary>Whether it may change something.</summary>
    public bool IsWrite => Method is not ("GET" or "HEAD");
}
