using Microsoft.Extensions.Configuration;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;
using Trainyard.Functions.Access.Tokens;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads <c>Trainyard:Access</c> and <c>Trainyard:Limits</c>.</summary>
internal static class AccessSettings
{
    /// <summary>The operator's key: whoever sends it may do everything. Long and random, from a secret store.</summary>
    public const string OperatorKey = "Trainyard:Access:OperatorKey";

    private const string Issuer = "Trainyard:Access:Issuer";
    private const string Audience = "Trainyard:Access:Audience";
    private const string TenantClaim = "Trainyard:Access:TenantClaim";
    private const string RolesClaim = "Trainyard:Access:RolesClaim";
    private const string LimitsSection = "Trainyard:Limits:";

    private const long MaxPerSecond = 1_000_000;

    public static AccessOptions Read(IConfiguration configuration)
    {
        string? key = Settings.Text(configuration, OperatorKey);
        if (key is { Length: < AccessOptions.MinOperatorKeyLength })
        {
            throw new InvalidOperationException(
                $"Setting '{OperatorKey}' must have at least {AccessOptions.MinOperatorKeyLength} characters; 32 random bytes in base64 will do.");
        }

        return new AccessOptions { OperatorKey = key, AcceptsTokens = ReadTokens(configuration) is not null };
    }

    /// <summary>The identity provider; null when there is none.</summary>
    public static TokenOptions? ReadTokens(IConfiguration configuration)
    {
        string? issuer = Settings.Text(configuration, Issuer);
        string? audience = Settings.Text(configuration, Audience);
        if (issuer is null && audience is null)
        {
            return null;
        }

        if (!Uri.TryCreate(issuer, UriKind.Absolute, out Uri? address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
        {
            throw new InvalidOperationException($"Setting '{Issuer}' must be an https address, letter by letter as it stands in tokens.");
        }

        TokenOptions options = new() { Issuer = address, Audience = audience ?? throw new InvalidOperationException($"Setting '{Audience}' must say what tokens are made out to.") };
        return options with
        {
            TenantClaim = Settings.Text(configuration, TenantClaim) ?? options.TenantClaim,
            RolesClaim = Settings.Text(configuration, RolesClaim) ?? options.RolesClaim,
        };
    }

    public static LimitOptions ReadLimits(IConfiguration configuration)
    {
        LimitOptions defaults = new();
        Dictionary<LimitClass, RateLimit> perCaller = [];
        foreach ((LimitClass limitClass, RateLimit limit) in defaults.PerCaller)
        {
            long perSecond = Settings.Integer(configuration, $"{LimitsSection}{limitClass}PerSecond", 0, 1, MaxPerSecond);
            perCaller[limitClass] = perSecond == 0 ? limit : At(limit, perSecond);
        }

        return defaults with
        {
            PerCaller = perCaller,
            TenantFactor = (int)Settings.Integer(configuration, LimitsSection + nameof(LimitOptions.TenantFactor), LimitOptions.DefaultTenantFactor, 1, 10_000),
        };
    }

    // The burst covers as many seconds as by default, so that a setting that says what holds anyway changes nothing.
    private static RateLimit At(RateLimit limit, long perSecond) => new(perSecond, (int)Math.Ceiling(perSecond * limit.Burst / limit.PerSecond));
}
