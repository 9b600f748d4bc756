namespace Trainyard.Domain.Access;

/// <summary>A key that was just made. The only place where its token is ever shown.</summary>
/// <param name="Key">The key.</param>
/// <param name="Token">What its holder sends.</param>
public sealed record IssuedKey(ApiKey Key, ApiKeyToken Token);
