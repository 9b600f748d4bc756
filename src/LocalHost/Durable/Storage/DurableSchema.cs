using Trainyard.LocalHost.Sqlite;

namespace Trainyard.LocalHost.Durable.Storage;

/// <summary>The tables of the durable engine; docs/decisions/0002-local-durable-engine.md explains them.</summary>
internal static class DurableSchema
{
    // "TYdu" in ASCII.
    private const int ApplicationId = 0x54596475;

    private const string Version1 = """
        CREATE TABLE instances(
            instance_id TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, execution INTEGER NOT NULL,
            turn INTEGER NOT NULL, events INTEGER NOT NULL, status INTEGER NOT NULL,
            output TEXT, failure TEXT, custom_status TEXT, tags TEXT,
            parent_id TEXT, parent_name TEXT, parent_execution INTEGER, parent_task INTEGER,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
        CREATE INDEX instances_by_creation ON instances(created_at, instance_id);
        CREATE INDEX instances_by_parent ON instances(parent_id) WHERE parent_id IS NOT NULL;
        CREATE TABLE inputs(instance_id TEXT PRIMARY KEY, input TEXT NOT NULL);
        CREATE TABLE history(
            instance_id TEXT NOT NULL, execution INTEGER NOT NULL, event INTEGER NOT NULL, kind INTEGER NOT NULL,
            task INTEGER NOT NULL, name TEXT, data TEXT, detail TEXT, version TEXT, at INTEGER NOT NULL,
            PRIMARY KEY(instance_id, execution, event)) WITHOUT ROWID;
        CREATE TABLE activities(
            instance_id TEXT NOT NULL, execution INTEGER NOT NULL, task INTEGER NOT NULL, name TEXT NOT NULL, input TEXT,
            PRIMARY KEY(execution, task)) WITHOUT ROWID;
        CREATE INDEX activities_by_instance ON activities(instance_id);
        CREATE TABLE messages(
            message INTEGER PRIMARY KEY AUTOINCREMENT, instance_id TEXT NOT NULL, execution INTEGER NOT NULL,
            kind INTEGER NOT NULL, task INTEGER NOT NULL, name TEXT, data TEXT, detail TEXT, due INTEGER NOT NULL);
        CREATE INDEX messages_by_instance ON messages(instance_id, execution, task);
        """;

    private const string Version2 = "ALTER TABLE activities ADD COLUMN restarts INTEGER NOT NULL DEFAULT 0;";

    // The W3C context of whoever started an instance; null when there was none.
    private const string Version3 = "ALTER TABLE instances ADD COLUMN trace TEXT;";

    /// <summary>The schema; version n is what the first n scripts make.</summary>
    public static SqliteSchema Current { get; } = new(ApplicationId, Version1, Version2, Version3);
}
