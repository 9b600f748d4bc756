using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.LocalHost.Hosting;
using Trainyard.LocalHost.Tests.Hosting;
using Trainyard.Testing;

namespace Trainyard.LocalHost.Tests.Timers;

public sealed class TimerFunctionTests : IDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly Recorder recorder = new();
    private readonly string folder = TestHost.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Timer_DueTimes_RunsOnceForEach()
    {
        await using LocalHostApplication host = await StartAsync(typeof(Hourly));
        Assert.Empty(recorder.Rest());

        await AdvanceAsync(TimeSpan.FromMinutes(59));
        Assert.Empty(recorder.Rest());
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("01:00 late False, last never", await recorder.NextAsync());
        await AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("02:00 late False, last 01:00", await recorder.NextAsync());
    }

    [Fact]
    public async Task Timer_HostWasDownWhenDue_RunsOnceAtTheStartAsPastDue()
    {
        await using (await StartAsync(typeof(Hourly)))
        {
            await AdvanceAsync(TimeSpan.FromHours(1));
            await recorder.NextAsync();
        }

        clock.Advance(TimeSpan.FromHours(5.5));
        await using LocalHostApplication host = await StartAsync(typeof(Hourly));

        Assert.Equal("06:30 late True, last 01:00", await recorder.NextAsync());
        await AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Equal("07:00 late False, last 02:00", await recorder.NextAsync());
    }

    [Fact]
    public async Task Timer_RestartBeforeDue_IsNotLate()
    {
        await using (await StartAsync(typeof(Hourly)))
        {
            await AdvanceAsync(TimeSpan.FromMinutes(10));
        }

        await using LocalHostApplication host = await StartAsync(typeof(Hourly));
        await AdvanceAsync(TimeSpan.FromMinutes(50));

        Assert.Equal("01:00 late False, last never", await recorder.NextAsync());
    }

    [Fact]
    public async Task Timer_WithoutMonitor_ForgetsWhatItMissed()
    {
        await using (await StartAsync(typeof(Unmonitored)))
        {
            await AdvanceAsync(TimeSpan.FromHours(1));
            Assert.Equal("01:00 late False, last unknown", await recorder.NextAsync());
        }

        clock.Advance(TimeSpan.FromHours(5.5));
        await using LocalHostApplication host = await StartAsync(typeof(Unmonitored));
        await AdvanceAsync(TimeSpan.FromMinutes(30));

        Assert.Equal("07:00 late False, last unknown", await recorder.NextAsync());
    }

    [Fact]
    public async Task Timer_RunOnStartup_RunsAtTheStartAndThenBySchedule()
    {
        await using LocalHostApplication host = await StartAsync(typeof(AtStart));

        Assert.Equal("00:00 late False, last never", await recorder.NextAsync());
        await AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("01:00 late False, last 00:00", await recorder.NextAsync());
    }

    [Fact]
    public async Task Timer_FunctionFails_RunsAgainWhenNextDue()
    {
        await using LocalHostApplication host = await StartAsync(typeof(Failing));

        await AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("tried", await recorder.NextAsync());
        await AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("tried", await recorder.NextAsync());
    }

    [Fact]
    public async Task Timer_StillRunningWhenDue_SkipsRatherThanOverlaps()
    {
        Gate gate = new();
        await using LocalHostApplication host = await StartAsync(typeof(Slow), services => services.AddSingleton(gate));

        await AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("begin", await recorder.NextAsync());
        clock.Advance(TimeSpan.FromHours(3.5));
        Assert.Empty(recorder.Rest());
        gate.Open.SetResult();
        Assert.Equal("end", await recorder.NextAsync());
        await AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(["begin", "end"], await recorder.NextAsync(2));
        Assert.Empty(recorder.Rest());
    }

    [Fact]
    public async Task Timer_ScheduleFromASetting_IsRead()
    {
        await using LocalHostApplication host = await StartAsync(typeof(FromSetting));

        await AdvanceAsync(TimeSpan.FromMinutes(20));

        Assert.Equal("00:20", await recorder.NextAsync());
    }

    [Fact]
    public async Task Timer_DamagedStatusFile_IsWrittenAnew()
    {
        string status = Path.Combine(folder, "timers", "hourly.json");
        Directory.CreateDirectory(Path.GetDirectoryName(status)!);
        await File.WriteAllTextAsync(status, "{ torn");

        await using LocalHostApplication host = await StartAsync(typeof(Hourly));
        await AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal("01:00 late False, last never", await recorder.NextAsync());
    }

    private async Task<LocalHostApplication> StartAsync(Type functions, Action<IServiceCollection>? configure = null)
    {
        LocalHostOptions options = TestHost.Options(folder, functions) with
        {
            TimeProvider = clock,
            Settings = new Dictionary<string, string?> { ["Every"] = "00:20:00" },
            ConfigureServices = services =>
            {
                services.AddSingleton(recorder);
                configure?.Invoke(services);
            },
        };
        LocalHostApplication host = await LocalHostApplication.StartAsync(options, CancellationToken.None);
        await Wait.UntilAsync(() => clock.PendingTimers > 0);
        return host;
    }

    // The listener must sleep before the clock moves, or it would not notice.
    private async Task AdvanceAsync(TimeSpan by)
    {
        await Wait.UntilAsync(() => clock.PendingTimers > 0);
        clock.Advance(by);
    }

    public sealed class Gate
    {
        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public abstract class Reporting(Recorder recorder, TimeProvider clock)
    {
        protected Task ReportAsync(TimerInfo timer)
        {
            string last = timer.ScheduleStatus is { } status ? status.Last == default ? "never" : Text(status.Last) : "unknown";
            recorder.Add($"{Text(clock.GetUtcNow().UtcDateTime)} late {timer.IsPastDue}, last {last}");
            return Task.CompletedTask;
        }

        private static string Text(DateTime moment) => moment.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    public sealed class Hourly(Recorder recorder, TimeProvider clock) : Reporting(recorder, clock)
    {
        [Function("hourly")]
        public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => ReportAsync(timer);
    }

    public sealed class Unmonitored(Recorder recorder, TimeProvider clock) : Reporting(recorder, clock)
    {
        [Function("unmonitored")]
        public Task Run([TimerTrigger("0 0 * * * *", UseMonitor = false)] TimerInfo timer) => ReportAsync(timer);
    }

    public sealed class AtStart(Recorder recorder, TimeProvider clock) : Reporting(recorder, clock)
    {
        [Function("at-start")]
        public Task Run([TimerTrigger("0 0 * * * *", RunOnStartup = true)] TimerInfo timer) => ReportAsync(timer);
    }

    public sealed class Failing(Recorder recorder)
    {
        [Function("failing")]
        public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            recorder.Add("tried");
            throw new InvalidOperationException("as planned");
        }
    }

    public sealed class Slow(Recorder recorder, Gate gate)
    {
        [Function("slow")]
        public async Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            recorder.Add("begin");
            await gate.Open.Task;
            recorder.Add("end");
        }
    }

    public sealed class FromSetting(Recorder recorder, TimeProvider clock)
    {
        [Function("from-setting")]
        public Task Run([TimerTrigger("%Every%")] TimerInfo timer)
        {
            recorder.Add(clock.GetUtcNow().ToString("HH:mm", CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        }
    }
}
