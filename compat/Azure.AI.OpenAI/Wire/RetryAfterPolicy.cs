using System.ClientModel.Primitives;
using System.Globalization;

namespace Azure.AI.OpenAI.Wire;

/// <summary>Sends again after as long as the service asks for, in the headers of Azure OpenAI and of HTTP; else with growing pauses.</summary>
/// <remarks>The policy of System.ClientModel knows none in milliseconds, and takes one in seconds only if it is the longer pause.</remarks>
internal class RetryAfterPolicy : ClientRetryPolicy
{
    // More than any quota asks for, and less than a timer takes.
    private static readonly TimeSpan longest = TimeSpan.FromDays(1);

    protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount) =>
        Asked(message, "retry-after-ms", unit: TimeSpan.FromMilliseconds(1))
        ?? Asked(message, "x-ms-retry-after-ms", unit: TimeSpan.FromMilliseconds(1))
        ?? Asked(message, "Retry-After", unit: TimeSpan.FromSeconds(1))
        ?? base.GetNextDelay(message, tryCount);

    private static TimeSpan? Asked(PipelineMessage message, string header, TimeSpan unit) =>
        double.TryParse(Value(message, header), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= 0
            ? unit * Math.Min(number, longest / unit)
            : null;

    private static string? Value(PipelineMessage message, string header) =>
        message.Response is { } response && response.Headers.TryGetValue(header, out string? value) ? value : null;
}
