using System.ComponentModel;

namespace Azure.AI.OpenAI;

/// <summary>For whom Entra ID issues the tokens of a cloud, as the scope that is asked for.</summary>
public readonly struct AzureOpenAIAudience : IEquatable<AzureOpenAIAudience>
{
    private readonly string value;

    public AzureOpenAIAudience(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        this.value = value;
    }

    public static AzureOpenAIAudience AzurePublicCloud { get; } = new("https://cognitiveservices.azure.com/.default");

    public static AzureOpenAIAudience AzureGovernment { get; } = new("https://cognitiveservices.azure.us/.default");

    public static implicit operator AzureOpenAIAudience(string value) => new(value);

    public static bool operator ==(AzureOpenAIAudience left, AzureOpenAIAudience right) => left.Equals(right);

    public static bool operator !=(AzureOpenAIAudience left, AzureOpenAIAudience right) => !left.Equals(right);

    public bool Equals(AzureOpenAIAudience other) => string.Equals(value, other.value, StringComparison.OrdinalIgnoreCase);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is AzureOpenAIAudience other && Equals(other);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(value);

    public override string ToString() => value;
}
