namespace Trainyard.LocalHost.Sqlite;

/// <summary>One caller's piece of a group commit.</summary>
internal abstract class SqliteWork
{
    /// <summary>Claims the work for the writer; false when its caller gave up first.</summary>
    internal abstract bool TryStart();

    /// <summary>Runs the work inside the group's transaction and keeps its result or failure.</summary>
    /// <returns>Whether its changes are to be kept.</returns>
    internal abstract bool Run(SqliteSession session);

    /// <summary>Tells the caller, once the group is on disk.</summary>
    internal abstract void Settle();

    /// <summary>Tells the caller that the whole group failed.</summary>
    internal abstract void Fail(Exception failure);
}
