using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Tests.PredictionLogs;

/// <summary>Ids that tell the moment at which they were made, as those of a host do.</summary>
internal sealed class TimedIds(TimeProvider time) : IIdSource
{
    public string NewId() => NewGuid().ToString();

    public Guid NewGuid() => Guid.CreateVersion7(time.GetUtcNow());
}
