namespace Trainyard.Domain.Serving;

/// <summary>Keeps a record of requests that were answered, as many of them as their deployment wants. Thread safe; called on the way of the request, so it does little and never throws.</summary>
public abstract class CallLog
{
    /// <summary>Copies an answered request, to be added or dropped; null when there is no room, which is counted.</summary>
    /// <param name="call">The request. Its outputs become the copy's.</param>
    internal abstract CallCopy? TryCopy(in ObservedCall call);

    /// <summary>Logs a request whose answer is certain.</summary>
    internal abstract void Add(CallCopy copy);

    /// <summary>Drops a request that was refused after all, with others that came in one.</summary>
    internal abstract void Drop(CallCopy copy);
}
