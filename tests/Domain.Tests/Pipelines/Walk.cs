using Trainyard.Domain.Ports;
using Trainyard.Testing;

namespace Trainyard.Domain.Tests.Pipelines;

/// <summary>Does the same thing over and over, each time in a new world and disturbed one call later, until it is no longer disturbed.</summary>
internal static class Walk
{
    // Far more than anything here calls: reached only by work that never ends.
    private const int MaxPoints = 200;

    /// <summary>A host that dies at one write after the other.</summary>
    /// <param name="point">The side of the write.</param>
    /// <param name="attempt">Sets the world up, lets a host with the given store work by <see cref="SurviveAsync"/>, and asserts.</param>
    /// <returns>Writes that were walked.</returns>
    public static async Task<int> CrashesAsync(FaultPoint point, Func<PipelineWorld, FaultyDocumentStore, Task> attempt)
    {
        for (int write = 1; ; write++)
        {
            Assert.InRange(write, 1, MaxPoints);
            await using PipelineWorld world = new();
            FaultyDocumentStore dying = new(world.Documents, write, point, staysDown: true);
            await attempt(world, dying);
            if (!dying.Struck)
            {
                return write - 1;
            }
        }
    }

    /// <summary>Something else that happens before one call of a store after the other.</summary>
    /// <param name="meanwhile">What happens.</param>
    /// <param name="attempt">Sets the world up, works with the given store, and asserts.</param>
    /// <returns>Calls that were walked.</returns>
    public static async Task<int> InterleavingsAsync(Func<PipelineWorld, Task> meanwhile, Func<PipelineWorld, IDocumentStore, Task> attempt)
    {
        for (int call = 1; ; call++)
        {
            Assert.InRange(call, 1, MaxPoints);
            await using PipelineWorld world = new();
            InterleavingDocumentStore store = new(world.Documents, call, () => meanwhile(world));
            await attempt(world, store);
            if (!store.Reached)
            {
                return call - 1;
            }
        }
    }

    /// <summary>Lets a host work until it is done or dies; what it had stored is what the next one finds.</summary>
    /// <returns>False when it died.</returns>
    public static async Task<bool> SurviveAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (InjectedFaultException)
        {
            return false;
        }
    }
}
