namespace Azure.Data.Tables.Wire;

/// <summary>Reads a storage account's connection string.</summary>
/// <param name="Endpoint">The table endpoint.</param>
/// <param name="SharedKey">Account and key, or null.</param>
/// <param name="Signature">A shared access signature without its question mark, or null.</param>
internal sealed record ConnectionString(Uri Endpoint, TableSharedKeyCredential? SharedKey, string? Signature)
{
    // The emulator's account and key are the same on every machine and documented.
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const int EmulatorPort = 10002;

    /// <exception cref="FormatException">A part is malformed or missing.</exception>
    internal static ConnectionString Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Dictionary<string, string> parts = Split(text);
        if (string.Equals(parts.GetValueOrDefault("UseDevelopmentStorage"), "true", StringComparison.OrdinalIgnoreCase))
        {
            UriBuilder emulator = new(parts.GetValueOrDefault("DevelopmentStorageProxyUri") ?? "http://127.0.0.1") { Port = EmulatorPort, Path = EmulatorAccount };
            return new ConnectionString(emulator.Uri, new TableSharedKeyCredential(EmulatorAccount, EmulatorKey), null);
        }

        string? account = parts.GetValueOrDefault("AccountName");
        string? signature = parts.GetValueOrDefault("SharedAccessSignature")?.TrimStart('?');
        TableSharedKeyCredential? key = account is not null && parts.TryGetValue("AccountKey", out string? accountKey) ? new(account, accountKey) : null;
        if (key is null && signature is null)
        {
            throw new FormatException("The connection string has neither AccountName and AccountKey nor SharedAccessSignature.");
        }

        return new ConnectionString(EndpointOf(parts, account), key, signature);
    }

    private static Dictionary<string, string> Split(string text)
    {
        Dictionary<string, string> parts = new(StringComparer.OrdinalIgnoreCase);
        foreach (string part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new FormatException("The connection string must be a list of name=value, separated by semicolons.");
            }

            parts[part[..equals]] = part[(equals + 1)..];
        }

        return parts;
    }

    private static Uri EndpointOf(Dictionary<string, string> parts, string? account)
    {
        if (parts.TryGetValue("TableEndpoint", out string? endpoint))
        {
            return new Uri(endpoint, UriKind.Absolute);
        }

        if (account is null)
        {
            throw new FormatException("The connection string has neither TableEndpoint nor AccountName.");
        }

        string protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        return new Uri($"{protocol}://{account}.table.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}");
    }
}
