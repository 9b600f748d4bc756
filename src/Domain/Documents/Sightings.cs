namespace Trainyard.Domain.Documents;

/// <summary>How long this process itself has seen records stand unchanged, so that it may clear up after others that died. Thread safe.</summary>
/// <remarks>
/// The age of a record cannot be read off a time in it: another host wrote that by its own clock, and a host whose clock is
/// ahead would take work that is under way for work left lying. What is seen twice, by one clock that only goes forward, and
/// with the same ETag, has stood for as long as lies between. A process may end before it sees anything twice, as on a platform
/// that scales to none: then the time in the record decides after all, once it is older than any clock is wrong.
/// </remarks>
/// <param name="time">The clock.</param>
public sealed class Sightings(TimeProvider time)
{
    /// <summary>From this age on a record is old by whatever clock.</summary>
    public static readonly TimeSpan BeyondAnySkew = TimeSpan.FromDays(1);

    private readonly TimeProvider time = time;
    private volatile Dictionary<string, Sighting> last = new(StringComparer.Ordinal);

    /// <summary>Begins to go through all records of a list once; what is not met until it is disposed is forgotten.</summary>
    public Round Begin() => new(this);

    private readonly record struct Sighting(string ETag, long Since);

    /// <summary>One time through a list. For one thread.</summary>
    public sealed class Round : IDisposable
    {
        private readonly Sightings sightings;
        private readonly Dictionary<string, Sighting> before;
        private readonly Dictionary<string, Sighting> met = new(StringComparer.Ordinal);

        internal Round(Sightings sightings) => (this.sightings, before) = (sightings, sightings.last);

        /// <summary>Notes a record, and tells whether it has stood unchanged in every round for at least a time, or is older than <see cref="BeyondAnySkew"/>.</summary>
        /// <param name="record">The record.</param>
        /// <param name="age">How long.</param>
        /// <param name="writtenAt">When it was written, by the clock of whoever wrote it.</param>
        public bool HasStood<T>(Stored<T> record, TimeSpan age, DateTimeOffset writtenAt)
        {
            Sighting seen = before.TryGetValue(record.RowKey, out Sighting earlier) && earlier.ETag == record.ETag
                ? earlier
                : new Sighting(record.ETag, sightings.time.GetTimestamp());
            met[record.RowKey] = seen;
            return sightings.time.GetElapsedTime(seen.Since) >= age || sightings.time.GetUtcNow() - writtenAt > BeyondAnySkew;
        }

        /// <summary>Remembers what was met for the next round.</summary>
        public void Dispose() => sightings.last = met;
    }
}
