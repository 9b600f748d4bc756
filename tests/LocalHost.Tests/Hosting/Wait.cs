namespace Trainyard.LocalHost.Tests.Hosting;

/// <summary>Waits for a condition that nothing signals.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource tooLong = new(Patience);
        while (!condition())
        {
            await Task.Delay(1, tooLong.Token);
        }
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource tooLong = new(Patience);
        while (!await condition())
        {
            await Task.Delay(1, tooLong.Token);
        }
    }
}
