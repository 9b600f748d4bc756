namespace Trainyard.Domain.Serving;

/// <summary>Told of every request while a model's traffic is split or shadowed. Thread safe; called on the way of the request, so it does little and never throws.</summary>
public abstract class CallObserver
{
    /// <summary>A request was answered, or refused.</summary>
    internal abstract void Observe(in ObservedCall call);
}
