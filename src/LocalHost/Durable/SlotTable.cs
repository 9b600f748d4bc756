using Trainyard.LocalHost.Durable.Storage;

namespace Trainyard.LocalHost.Durable;

/// <summary>The instances that have mail or are kept in memory. Thread safe.</summary>
/// <param name="capacity">Idle instances kept; the one that was used longest ago goes first.</param>
internal sealed class SlotTable(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, InstanceSlot> slots = new(StringComparer.Ordinal);
    private readonly LinkedList<InstanceSlot> idle = [];
    private readonly Dictionary<InstanceSlot, LinkedListNode<InstanceSlot>> idleNodes = [];
    private TaskCompletionSource? quiet;
    private int running;
    private bool draining;

    /// <summary>Puts mail into a mailbox.</summary>
    /// <returns>The slot when nobody runs it: the caller must. Null when somebody does.</returns>
    public InstanceSlot? Post(Delivery delivery)
    {
        lock (gate)
        {
            if (!slots.TryGetValue(delivery.InstanceId, out InstanceSlot? slot))
            {
                slots.Add(delivery.InstanceId, slot = new InstanceSlot(delivery.InstanceId));
            }

            slot.Mailbox.Add(delivery);
            if (slot.IsRunning)
            {
                return null;
            }

            slot.IsRunning = true;
            running++;
            if (idleNodes.Remove(slot, out LinkedListNode<InstanceSlot>? node))
            {
                idle.Remove(node);
            }

            return slot;
        }
    }

    /// <summary>From now on only outcomes of activities are worth a turn; other mail is on disk and waits there.</summary>
    public void Drain()
    {
        lock (gate)
        {
            draining = true;
        }
    }

    /// <summary>Takes the mail of a slot that the caller runs.</summary>
    /// <returns>The mail, or null when there is none to take: then the caller runs the slot no longer.</returns>
    public List<Delivery>? Take(InstanceSlot slot)
    {
        lock (gate)
        {
            if (draining ? slot.Mailbox.Exists(delivery => delivery.IsActivityOutcome) : slot.Mailbox.Count > 0)
            {
                List<Delivery> mail = slot.Mailbox;
                slot.Mailbox = [];
                return mail;
            }

            Rest(slot);
            return null;
        }
    }

    /// <summary>Ends when no slot is run.</summary>
    public Task WhenQuietAsync()
    {
        lock (gate)
        {
            return running == 0 ? Task.CompletedTask : (quiet ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Rest(InstanceSlot slot)
    {
        slot.IsRunning = false;
        if (slot.Session is null || capacity == 0)
        {
            slots.Remove(slot.InstanceId);
        }
        else
        {
            idleNodes.Add(slot, idle.AddLast(slot));
            if (idle.Count > capacity)
            {
                InstanceSlot oldest = idle.First!.Value;
                idle.RemoveFirst();
                idleNodes.Remove(oldest);
                slots.Remove(oldest.InstanceId);
            }
        }

        if (--running == 0)
        {
            quiet?.SetResult();
            quiet = null;
        }
    }
}
