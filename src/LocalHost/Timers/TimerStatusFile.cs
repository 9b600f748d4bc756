using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace Trainyard.LocalHost.Timers;

/// <summary>Keeps the schedule status of one timer in a file, so that a host that was down notices what it missed.</summary>
internal sealed class TimerStatusFile(string folder, string function)
{
    private readonly string path = Path.Combine(folder, $"{function}.json");

    /// <summary>The status written last, or null when there is none or its file was damaged from outside.</summary>
    public ScheduleStatus? Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<ScheduleStatus>(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException)
        {
            // As after a first start: the timer waits for its next occurrence, and the file is written anew.
            return null;
        }
    }

    /// <summary>Replaces the status; a crash leaves the old one or the new one.</summary>
    public void Write(ScheduleStatus status)
    {
        Directory.CreateDirectory(folder);
        string draft = path + ".new";
        using (FileStream file = new(draft, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, status);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
