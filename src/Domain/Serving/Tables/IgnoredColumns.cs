namespace Trainyard.Domain.Serving.Tables;

/// <summary>Names of columns that a request has and the model has not, each once, in the order in which they first came. Not thread safe.</summary>
internal sealed class IgnoredColumns
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names => names;

    public void Add(string name)
    {
        if (known.Add(name))
        {
            names.Add(name);
        }
    }
}
