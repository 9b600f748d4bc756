using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Wire;

/// <summary>Signs each try of a request with the account's key (scheme SharedKeyLite of the Table service).</summary>
/// <remarks>The time is part of what is signed, so a later try needs a signature of its own.</remarks>
internal sealed class SharedKeyPolicy(TableSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        string date = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        message.Request.Headers.SetValue("x-ms-date", date);
        Uri uri = message.Request.Uri.ToUri();
        string signature = credential.Sign($"{date}\n/{credential.AccountName}{uri.AbsolutePath}");
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {credential.AccountName}:{signature}");
    }
}
