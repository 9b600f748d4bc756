namespace Trainyard.Domain.PredictionLogs;

/// <summary>What the personal data of a model is hashed with.</summary>
/// <param name="Key">256 random bits.</param>
internal sealed record ModelSecret(byte[] Key);
