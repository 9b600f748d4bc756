using System.Collections.Frozen;
using Trainyard.Learning.Binary;
using Trainyard.Learning.Learners.Ensembles;

namespace Trainyard.Learning.Learners;

/// <summary>Learners by name, ours and those of engines that were added. Thread safe: whoever reads sees an engine whole or not at all.</summary>
internal sealed class LearnerRegistry
{
    private readonly Lock adding = new();
    private readonly IReadOnlyList<LearnerEntry> own;
    private volatile Known known;

    /// <param name="own">What is there without any engine, the simplest first.</param>
    public LearnerRegistry(IReadOnlyList<LearnerEntry> own) => (this.own, known) = (own, Known.Of(own, []));

    public IReadOnlyList<ILearner> All => known.All;

    /// <summary>Those that were added, in that order.</summary>
    public IReadOnlyList<LearnerEngine> Engines => known.Engines;

    /// <inheritdoc cref="LearnerCatalog.Add"/>
    public void Add(LearnerEngine engine)
    {
        lock (adding)
        {
            Known before = known;
            if (before.Engines.Contains(engine))
            {
                return;
            }

            if (before.Engines.Any(each => each.Name == engine.Name))
            {
                throw new InvalidOperationException($"There is another engine '{engine.Name}' already.");
            }

            if (engine.Learners.FirstOrDefault(entry => before.ByName.ContainsKey(entry.Learner.Name)) is { } taken)
            {
                throw new InvalidOperationException($"Engine '{engine.Name}' brings '{taken.Learner.Name}', which is there already.");
            }

            known = Known.Of(own, [.. before.Engines, engine]);
        }
    }

    public ILearner? Find(string name) => known.ByName.TryGetValue(name, out Place? place) ? place.Entry.Learner : null;

    public ILearner Get(string name) => Get(known, name).Entry.Learner;

    public IModel Read(string name, SectionReader reader)
    {
        IModel model = EnsembleNames.All.Contains(name, StringComparer.Ordinal) ? EnsembleModel.Read(name, reader) : ReadMember(name, reader);
        reader.ExpectEnd();
        return model;
    }

    public IModel ReadMember(string name, SectionReader reader)
    {
        (LearnerEntry entry, LearnerEngine? engine) = Get(known, name);
        engine?.Admit(name, reader);
        return entry.Read(name, reader);
    }

    private static Place Get(Known known, string name) => known.ByName.TryGetValue(name, out Place? place)
        ? place
        : throw new LearningException("learner_unknown", $"There is no learner '{name}'; known are {string.Join(", ", known.All.Select(learner => learner.Name))}.", "learner");

    /// <param name="Entry">A learner.</param>
    /// <param name="Engine">Who brought it; null for one of ours.</param>
    private sealed record Place(LearnerEntry Entry, LearnerEngine? Engine);

    /// <summary>All that is known at one moment.</summary>
    private sealed record Known(IReadOnlyList<ILearner> All, IReadOnlyList<LearnerEngine> Engines, FrozenDictionary<string, Place> ByName)
    {
        public static Known Of(IReadOnlyList<LearnerEntry> own, IReadOnlyList<LearnerEngine> engines)
        {
            Place[] places =
            [
                .. own.Select(entry => new Place(entry, null)),
                .. engines.SelectMany(engine => engine.Learners, (engine, entry) => new Place(entry, engine)),
            ];
            return new Known(
                [.. places.Select(place => place.Entry.Learner)], engines, places.ToFrozenDictionary(place => place.Entry.Learner.Name, StringComparer.Ordinal));
        }
    }
}
