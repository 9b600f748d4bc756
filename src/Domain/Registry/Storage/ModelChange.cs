using Trainyard.Domain.Documents;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry.Aliases;
using Trainyard.Domain.Registry.History;
using Trainyard.Domain.Registry.Removal;
using Trainyard.Domain.Registry.Stages;

namespace Trainyard.Domain.Registry.Storage;

/// <summary>One change of a model: what is put together here becomes one commit, with the entries of the history that tell of it.</summary>
internal sealed class ModelChange
{
    private readonly Stored<RegisteredModel>? head;
    private readonly ChangeNote note;
    private readonly List<DocumentWrite> writes = [];

    /// <summary>Begins a change.</summary>
    /// <param name="model">The model as it was read, or as it begins.</param>
    /// <param name="head">What was read; null when the model is new.</param>
    /// <param name="note">Who, and why.</param>
    /// <param name="time">The clock; it may go backwards, the history does not.</param>
    public ModelChange(RegisteredModel model, Stored<RegisteredModel>? head, ChangeNote note, TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        (Model, At, this.head, this.note) = (model, now > model.UpdatedAt ? now : model.UpdatedAt, head, note);
    }

    public ModelChange(Stored<RegisteredModel> head, ChangeNote note, TimeProvider time)
        : this(head.Value, head, note, time)
    {
    }

    /// <summary>Whether there was a model before, be it a deleted one.</summary>
    public bool IsOfExisting => head is not null;

    /// <summary>The moment of the change.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The model as it will be.</summary>
    public RegisteredModel Model { get; set; }

    /// <summary>What stays of whatever this change deletes.</summary>
    public Deletion Deletion => new(note.By, note.Reason, At);

    public void Add(DocumentWrite write) => writes.Add(write);

    public void Replace(Stored<ModelVersion> version, ModelVersion changed) =>
        writes.Add(JsonDocuments.Replace(version.RowKey, changed, version.ETag, RegistryJson.Default.ModelVersion));

    public ModelVersion Move(Stored<ModelVersion> version, ModelStage stage)
    {
        ModelVersion moved = version.Value with { Stage = stage };
        Replace(version, moved);
        Record(ModelEventKind.StageMoved, moved.Sequence, StageName.Of(version.Value.Stage), StageName.Of(stage));
        return moved;
    }

    /// <summary>Tells that an alias points to a version, or to nothing, from now on.</summary>
    public void Point(string alias, int? sequence)
    {
        // Two in one commit have the same moment: the later one sorts first by the number of the last event.
        AliasEntry entry = new(alias, sequence, At, note.By, note.Reason);
        writes.Add(JsonDocuments.Insert(RegistryKeys.Alias(alias, At, Model.EventCount), entry, RegistryJson.Default.AliasEntry));
    }

    public void Record(ModelEventKind kind, int? sequence, string? from, string? to, string? subject = null)
    {
        Model = Model with { EventCount = Model.EventCount + 1 };
        ModelEvent entry = new(Model.EventCount, kind, sequence, subject, from, to, note.By, note.Reason, At);
        writes.Add(JsonDocuments.Insert(RegistryKeys.Event(entry.Number), entry, RegistryJson.Default.ModelEvent));
    }

    /// <summary>Everything, the model itself among it.</summary>
    public IReadOnlyList<DocumentWrite> Writes()
    {
        Model = Model with { UpdatedAt = At };
        return [JsonDocuments.InsertOrReplace(RegistryKeys.Head, Model, head, RegistryJson.Default.RegisteredModel), .. writes];
    }
}
