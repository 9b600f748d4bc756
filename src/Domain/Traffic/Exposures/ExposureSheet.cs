using Trainyard.Domain.Ports;

namespace Trainyard.Domain.Traffic.Exposures;

/// <summary>Units of one deployment that a host saw. Thread safe.</summary>
internal sealed class ExposureSheet(IIdSource ids)
{
    // Five minutes at one look every two seconds.
    private const int IdleLooks = 150;

    private readonly Lock gate = new();
    private readonly HashSet<ulong> seen = [];
    private List<Page> pages = [];
    private int idleLooks;

    /// <summary>Notes a unit, when it is the first time and there is room.</summary>
    /// <returns>False when there was no room.</returns>
    public bool TryAdd(ulong unit, uint at, int maxUnits)
    {
        lock (gate)
        {
            if (seen.Count >= maxUnits)
            {
                return seen.Contains(unit);
            }

            if (seen.Add(unit))
            {
                if (pages.Count == 0 || pages[^1].Units.Count == ExposurePage.MaxUnits)
                {
                    pages.Add(new Page(ids.NewId()));
                }

                pages[^1].Units.Add((unit, at));
            }

            return true;
        }
    }

    /// <summary>Pages that are not written as they are.</summary>
    public IReadOnlyList<(string Id, ExposurePage Page, int Count)> Dirty()
    {
        lock (gate)
        {
            return [.. pages.Where(page => page.Written < page.Units.Count).Select(page => (page.Id, ExposurePage.Of(page.Units), page.Units.Count))];
        }
    }

    /// <summary>Notes that a page was written with so many units; one that is full is not needed any more.</summary>
    public void Written(string id, int count)
    {
        lock (gate)
        {
            idleLooks = 0;
            pages.Find(page => page.Id == id)!.Written = count;
            pages = [.. pages.Where(page => page.Written < ExposurePage.MaxUnits)];
        }
    }

    /// <summary>Asked whenever there is nothing to write: true when that was so for long, so that nobody needs it in memory.</summary>
    public bool IsIdle() => ++idleLooks >= IdleLooks;

    private sealed class Page(string id)
    {
        public string Id { get; } = id;

        public List<(ulong Unit, uint At)> Units { get; } = [];

        public int Written { get; set; }
    }
}
