namespace Trainyard.Storage.Tests.Crashes;

/// <summary>The process that a crash test starts and kills: writes to the stores of a folder until it dies.</summary>
internal static class Program
{
    internal static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [string folder])
        {
            await Console.Error.WriteLineAsync("Run these tests with 'dotnet test'; a folder as the only argument starts the writer of the crash tests.");
            return 1;
        }

        await new CrashWriter(folder, Console.Out).WriteUntilKilledAsync();
        return 0;
    }
}
