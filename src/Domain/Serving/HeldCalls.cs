namespace Trainyard.Domain.Serving;

/// <summary>Answered requests that came in one with others, until it is certain that all of it is answered. For one request, on one thread.</summary>
/// <param name="log">Where they are logged.</param>
internal sealed class HeldCalls(CallLog log) : IDisposable
{
    private readonly List<CallCopy> copies = [];

    /// <summary>Holds one back.</summary>
    public void Add(CallCopy copy) => copies.Add(copy);

    /// <summary>Logs all that are held.</summary>
    public void Commit()
    {
        copies.ForEach(log.Add);
        copies.Clear();
    }

    /// <summary>Drops what was not committed.</summary>
    public void Dispose()
    {
        copies.ForEach(log.Drop);
        copies.Clear();
    }
}
