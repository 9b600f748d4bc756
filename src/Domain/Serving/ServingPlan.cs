using System.Collections.Frozen;
using System.Text;
using Trainyard.Domain.Registry.Traffic;

namespace Trainyard.Domain.Serving;

/// <summary>What answers a model's requests: versions in memory, and which requests are whose. Immutable; replaced whole, so that no request sees half of a change.</summary>
internal sealed class ServingPlan
{
    private readonly ServedVersion[] versions;
    private readonly int[] ends;
    private readonly ServedVersion[] owners;
    private readonly ServedShadow[] shadows;
    private readonly byte[] salt;

    /// <summary>One version for every request, asked for by its name.</summary>
    /// <param name="primary">The version.</param>
    /// <param name="logRate">The share of predictions that is logged, from 0 to 1.</param>
    /// <param name="personalColumns">Columns that hold personal data.</param>
    public ServingPlan(ServedVersion primary, double logRate, IReadOnlyList<string> personalColumns)
        : this(primary, [primary], TrafficPlan.Whole with { LogRate = logRate }, [], deployment: 0) =>
        PersonalColumns = [.. personalColumns];

    /// <summary>What is deployed.</summary>
    /// <param name="primary">The deployed version.</param>
    /// <param name="versions">Every version that answers, the deployed one among them.</param>
    /// <param name="traffic">The model's plan, that these were loaded for.</param>
    /// <param name="shadows">Every shadow that could be loaded.</param>
    /// <param name="deployment">The number of the deployment that began it.</param>
    public ServingPlan(ServedVersion primary, ServedVersion[] versions, TrafficPlan traffic, ServedShadow[] shadows, int deployment)
    {
        (Primary, this.versions, this.shadows, Deployment, LogRate, IsTest) = (primary, versions, shadows, deployment, traffic.LogRate, traffic.Test is not null);
        ends = [.. traffic.Segments.Select(segment => segment.Before)];
        owners = [.. traffic.Segments.Select(segment => versions.First(version => version.Sequence == segment.Sequence))];
        salt = Encoding.UTF8.GetBytes(traffic.Salt);
    }

    /// <summary>The deployed version, which the others are held against.</summary>
    public ServedVersion Primary { get; }

    /// <summary>Versions that see requests and whose answers nobody gets.</summary>
    public ReadOnlySpan<ServedShadow> Shadows => shadows;

    /// <summary>The number of the deployment that began it; 0 when a version was asked for by its name.</summary>
    public int Deployment { get; }

    /// <summary>The share of predictions that is logged, from 0 to 1.</summary>
    public double LogRate { get; }

    /// <summary>Columns of the model that hold personal data, the target perhaps among them.</summary>
    public FrozenSet<string> PersonalColumns { get; init; } = [];

    /// <summary>Draws whether a request is logged: each by itself, with the same probability.</summary>
    /// <param name="random">Shared by those who draw.</param>
    public bool IsLogged(ref ulong random) => LogRate > 0 && (LogRate >= 1 || RandomBits.NextShare(ref random) < LogRate);

    /// <summary>Whether its split is an A/B test, so that it is recorded who was exposed to it.</summary>
    public bool IsTest { get; }

    /// <summary>Whether more than one version answers.</summary>
    public bool IsSplit => ends.Length > 0;

    /// <summary>Whether what it does is counted: while something is compared.</summary>
    public bool IsObserved => IsSplit || shadows.Length > 0;

    /// <summary>Every version in memory that it uses.</summary>
    public IEnumerable<CachedModel> Models => [.. versions.Select(version => version.Model), .. shadows.Select(shadow => shadow.Model)];

    /// <summary>Whether a version in memory answers some of the requests.</summary>
    public bool IsAnsweredBy(CachedModel model) => Array.Exists(versions, version => version.Model == model);

    /// <summary>Who asks, as far as this split goes: the bits that their version is chosen by, and that experiments count them by.</summary>
    /// <param name="key">The caller's key; null for whoever it may be.</param>
    /// <param name="random">64 random bits, which stand for a request without a key.</param>
    public ulong UnitOf(string? key, ulong random) => string.IsNullOrEmpty(key) ? random : TrafficPoint.BitsOf(salt, key);

    /// <summary>The version that answers a request.</summary>
    /// <param name="unit">Who asks: the same one gets the same version for as long as that version's share does not shrink.</param>
    public ServedVersion Choose(ulong unit)
    {
        if (ends.Length == 0)
        {
            return Primary;
        }

        int point = TrafficPoint.Of(unit);
        int segment = 0;
        while (point >= ends[segment])
        {
            segment++;
        }

        return owners[segment];
    }

    /// <summary>A version of it that may be used again; null when it has none of that number, or it left memory.</summary>
    public CachedModel? Find(string modelId, int sequence) =>
        Models.FirstOrDefault(model => model.Version.Sequence == sequence && model.Version.ModelId == modelId && !model.HasLeft);

    /// <summary>The number of the version that answers in place of one; null when that answers itself, or none of that number is in the plan.</summary>
    public int? StandInOf(int sequence) =>
        versions.FirstOrDefault(version => version.Sequence == sequence && version.IsFallback)?.Model.Version.Sequence;

    /// <summary>Notes that it was used.</summary>
    public void Touch(long timestamp)
    {
        foreach (ServedVersion version in versions)
        {
            version.Model.Touch(timestamp);
        }

        foreach (ServedShadow shadow in shadows)
        {
            shadow.Model.Touch(timestamp);
        }
    }
}
