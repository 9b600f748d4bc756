using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Wire;

/// <summary>Puts a shared access signature into each try's query; the credential may have been renewed in between.</summary>
internal sealed class SignaturePolicy(AzureSasCredential credential) : HttpPipelineSynchronousPolicy
{
    private const string Appended = "Azure.Data.Tables.Wire.Signature";

    public override void OnSendingRequest(HttpMessage message)
    {
        string query = message.Request.Uri.Query;
        if (message.TryGetProperty(Appended, out object? earlier))
        {
            query = query.Replace((string)earlier!, string.Empty, StringComparison.Ordinal);
        }

        string signature = (query.Length > 1 ? "&" : "?") + credential.Signature.TrimStart('?');
        message.SetProperty(Appended, signature);
        message.Request.Uri.Query = query + signature;
    }
}
