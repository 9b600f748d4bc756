using Microsoft.Extensions.Configuration;
using Trainyard.Domain.Access;
using Trainyard.Domain.Limits;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads <c>Trainyard:Access</c> and <c>Trainyard:Limits</c>.</summary>
internal static class AccessSettings
{
    /// <summary>The operator's key: whoever sends it may do everything. Long and random, from a secret store.</summary>
    public const string OperatorKey = "Trainyard:Access:OperatorKey";

    private const string LimitsSection = "Trainyard:Limits:";

    // A burst covers two seconds at the rate, so that a client that batches by the second is not refused.
    private const int BurstSeconds = 2;
    private const long MaxPerSecond = 1_000_000;

    public static AccessOptions Read(IConfiguration configuration)
    {
        string? key = Settings.Text(configuration, OperatorKey);
        if (key is { Length: < AccessOptions.MinOperatorKeyLength })
        {
            throw new InvalidOperationException(
                $"Setting '{OperatorKey}' must have at least {AccessOptions.MinOperatorKeyLength} characters; 32 random bytes in base64 will do.");
        }

        return new AccessOptions { OperatorKey = key };
    }

    public static LimitOptions ReadLimits(IConfiguration configuration)
    {
        LimitOptions defaults = new();
        Dictionary<LimitClass, RateLimit> perCaller = [];
        foreach ((LimitClass limitClass, RateLimit limit) in defaults.PerCaller)
        {
            long perSecond = Settings.Integer(configuration, $"{LimitsSection}{limitClass}PerSecond", 0, 1, MaxPerSecond);
            perCaller[limitClass] = perSecond == 0 ? limit : new RateLimit(perSecond, (int)perSecond * BurstSeconds);
        }

        return defaults with
        {
            PerCaller = perCaller,
            TenantFactor = (int)Settings.Integer(configuration, LimitsSection + nameof(LimitOptions.TenantFactor), LimitOptions.DefaultTenantFactor, 1, 10_000),
        };
    }
}
