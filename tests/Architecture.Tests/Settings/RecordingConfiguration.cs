using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Trainyard.Architecture.Tests.Settings;

/// <summary>A configuration that remembers which settings were asked for.</summary>
internal sealed class RecordingConfiguration(params (string Name, string Value)[] settings) : IConfiguration
{
    private readonly IConfiguration inner = new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(each => KeyValuePair.Create<string, string?>(each.Name, each.Value)))
        .Build();

    /// <summary>Names with <c>__</c> between the parts.</summary>
    public HashSet<string> Asked { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string? this[string key]
    {
        get
        {
            Asked.Add(key.Replace(":", "__", StringComparison.Ordinal));
            return inner[key];
        }
        set => throw new NotSupportedException("Nothing changes a setting.");
    }

    /// <summary>Only its children are looked at, never a value below it that was not asked for by its whole name.</summary>
    public IConfigurationSection GetSection(string key) => new Section(inner.GetSection(key));

    public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren();

    public IChangeToken GetReloadToken() => inner.GetReloadToken();

    // A section that tells whether it has children, and nothing else: what would be read through it would go unrecorded.
    private sealed class Section(IConfigurationSection section) : IConfigurationSection
    {
        public string Key => section.Key;

        public string Path => section.Path;

        public string? Value
        {
            get => throw Unrecorded();
            set => throw Unrecorded();
        }

        public string? this[string key]
        {
            get => throw Unrecorded();
            set => throw Unrecorded();
        }

        public IConfigurationSection GetSection(string key) => throw Unrecorded();

        public IEnumerable<IConfigurationSection> GetChildren() => section.GetChildren();

        public IChangeToken GetReloadToken() => section.GetReloadToken();

        private NotSupportedException Unrecorded() => new($"Ask for settings by their whole name, not through the section '{section.Path}'.");
    }
}
