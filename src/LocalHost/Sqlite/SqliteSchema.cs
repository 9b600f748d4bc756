using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Trainyard.LocalHost.Sqlite;

/// <summary>The tables of one file as a list of scripts: script n brings version n-1 to version n.</summary>
/// <param name="applicationId">Marks the file as ours (<c>PRAGMA application_id</c>); one number for each kind of file.</param>
/// <param name="scripts">Only ever appended to.</param>
internal sealed class SqliteSchema(int applicationId, params IReadOnlyList<string> scripts)
{
    /// <summary>Brings a file to the newest version, in one transaction.</summary>
    /// <exception cref="SqliteFileException">The file is of a newer version or of something else.</exception>
    internal void Apply(SqliteConnection connection, string path)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        int id = Read(connection, "application_id");
        int version = Read(connection, "user_version");
        if (id != applicationId && (id != 0 || version != 0))
        {
            throw new SqliteFileException($"'{path}' belongs to another application (id {id}). Start with another data folder.");
        }

        if (version > scripts.Count)
        {
            throw new SqliteFileException(
                $"'{path}' has schema version {version}, this build knows versions up to {scripts.Count}. Run a newer build, or start with another data folder.");
        }

        if (version < scripts.Count)
        {
            IEnumerable<string> missing = scripts.Skip(version);
            Execute(connection, $"{string.Join(';', missing)}; PRAGMA application_id={applicationId}; PRAGMA user_version={scripts.Count};");
        }

        transaction.Commit();
    }

    private static int Read(SqliteConnection connection, string pragma)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
