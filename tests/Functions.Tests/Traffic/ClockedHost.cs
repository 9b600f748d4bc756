using Trainyard.Testing;

namespace Trainyard.Functions.Tests.Traffic;

/// <summary>The whole app, with a clock that a test moves. Since that stands still, there are no limits by the second.</summary>
public sealed class ClockedHost : PlatformHost
{
    internal ManualTimeProvider Clock { get; } = new();

    private protected override TimeProvider Time => Clock;

    private protected override (string Name, string? Value)[] Settings =>
    [
        ("Trainyard:Limits:ReadPerSecond", "100000"), ("Trainyard:Limits:WritePerSecond", "100000"),
        ("Trainyard:Limits:UploadPerSecond", "100000"), ("Trainyard:Limits:PredictPerSecond", "100000"),
    ];
}
