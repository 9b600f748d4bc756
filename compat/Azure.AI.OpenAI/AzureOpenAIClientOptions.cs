using System.ClientModel.Primitives;
using Azure.AI.OpenAI.Wire;

namespace Azure.AI.OpenAI;

/// <summary>Retries, time-outs and transport, as of every client on System.ClientModel, and what Azure adds.</summary>
public class AzureOpenAIClientOptions : ClientPipelineOptions
{
    private AzureOpenAIAudience? audience;
    private string? userAgentApplicationId;

    public AzureOpenAIClientOptions() => RetryPolicy = new RetryAfterPolicy();

    /// <remarks>The v1 API that is spoken here has no dated versions, so <paramref name="version"/> is checked and then not needed.</remarks>
    public AzureOpenAIClientOptions(ServiceVersion version)
        : this()
    {
        if (!Enum.IsDefined(version))
        {
            throw new NotSupportedException($"The specified {nameof(ServiceVersion)} value ({version}) is not supported.");
        }
    }

    public enum ServiceVersion
    {
        V2024_06_01 = 0,
        V2024_10_21 = 4,
    }

    /// <summary>Whose tokens are asked for; the public cloud's if null.</summary>
    public AzureOpenAIAudience? Audience
    {
        get => audience;
        set
        {
            AssertNotFrozen();
            audience = value;
        }
    }

    /// <summary>Leads the User-Agent of every request if set; at most 24 characters.</summary>
    public string? UserAgentApplicationId
    {
        get => userAgentApplicationId;
        set
        {
            AssertNotFrozen();
            userAgentApplicationId = value;
        }
    }
}
