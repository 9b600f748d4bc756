namespace Trainyard.LocalHost.Sqlite;

/// <summary>A database file that this build cannot use; the message says what to do.</summary>
internal sealed class SqliteFileException(string message, Exception? inner = null) : Exception(message, inner);
