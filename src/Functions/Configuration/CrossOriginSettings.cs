using Microsoft.Extensions.Configuration;
using Trainyard.Functions.Http;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads <c>Trainyard:Cors</c>.</summary>
public static class CrossOriginSettings
{
    private const string Origins = "Trainyard:Cors:Origins";
    private const string AllowCredentials = "Trainyard:Cors:AllowCredentials";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">One cannot be meant; the message names it.</exception>
    public static CrossOriginOptions Read(IConfiguration configuration)
    {
        string[] origins = Settings.Text(configuration, Origins)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        bool credentials = Settings.Flag(configuration, AllowCredentials, absent: false);
        if (origins.Contains(CrossOriginOptions.Any, StringComparer.Ordinal))
        {
            if (origins.Length > 1 || credentials)
            {
                throw new InvalidOperationException($"Setting '{Origins}' may be '*' only alone and without '{AllowCredentials}': name the origins.");
            }
        }
        else if (Array.Find(origins, origin => !IsOrigin(origin)) is { } wrong)
        {
            throw new InvalidOperationException($"Setting '{Origins}' must list origins as browsers send them, such as https://app.example or http://localhost:3000, separated by commas; '{wrong}' is none.");
        }

        return new CrossOriginOptions { Origins = origins, AllowCredentials = credentials };
    }

    // No path, no slash at the end, no default port, lower case: anything else never equals what a browser sends.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.GetLeftPart(UriPartial.Authority) == text
        && !text.Contains('*', StringComparison.Ordinal)
        && address.UserInfo.Length == 0;
}
