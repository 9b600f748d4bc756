namespace Trainyard.LocalHost.Hosting;

/// <summary>Keeps a data folder to one host. The operating system lets go of it when the process ends in any way.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private const string FileName = "host.lock";

    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <summary>Creates the folder when absent, and locks it.</summary>
    /// <exception cref="LocalHostException">Another host has it (<c>data_folder_in_use</c>), or it cannot be written (<c>data_folder_unusable</c>).</exception>
    public static DataFolderLock Acquire(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            Directory.CreateDirectory(folder);
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new LocalHostException(
                "data_folder_in_use", $"Another host uses the data folder '{folder}'. Stop it, or choose another folder with --data.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException(
                "data_folder_unusable", $"The data folder '{folder}' cannot be written: {exception.Message} Choose another one with --data.", exception);
        }
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => file.Dispose();
}
