using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Trainyard.Benchmarks.Predict;

/// <summary>
/// Sends requests at fixed moments whether or not the ones before were answered, and counts latency from the moment a
/// request was due, so that a stall is charged to every request that it delayed (Tene, How not to measure latency, 2013).
/// </summary>
internal static partial class OpenLoop
{
    private const int Connections = 16;

    [GeneratedRegex(@"content-length:\s*(?<bytes>\d+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ContentLength { get; }

    /// <summary>Latencies in milliseconds, one per request, in no order.</summary>
    public static double[] Run(Uri target, byte[] body, int requestsPerSecond, TimeSpan duration)
    {
        int count = (int)(requestsPerSecond * duration.TotalSeconds);
        double[] latencies = new double[count];
        byte[] request = Request(target, body);
        long start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        int next = -1;
        Thread[] senders = [.. Enumerable.Range(0, Connections).Select(_ => new Thread(Send))];
        Array.ForEach(senders, sender => sender.Start());
        Array.ForEach(senders, sender => sender.Join());
        return latencies;

        void Send()
        {
            using TcpClient client = new() { NoDelay = true };
            client.Connect(IPAddress.Loopback, target.Port);
            NetworkStream stream = client.GetStream();
            byte[] buffer = new byte[16 * 1024];
            long free = start;
            for (int index = Interlocked.Increment(ref next); index < count; index = Interlocked.Increment(ref next))
            {
                long due = start + (long)(index * (double)Stopwatch.Frequency / requestsPerSecond);
                WaitUntil(due);

                // A connection still busy when the request was due is the server's delay; a late timer is not.
                long from = free > due ? due : Stopwatch.GetTimestamp();
                stream.Write(request);
                ReadAnswer(stream, buffer);
                free = Stopwatch.GetTimestamp();
                latencies[index] = Stopwatch.GetElapsedTime(from, free).TotalMilliseconds;
            }
        }
    }

    private static void WaitUntil(long due)
    {
        double left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due).TotalMilliseconds;
        if (left > 0)
        {
            using ManualResetEventSlim never = new(initialState: false, spinCount: 0);
            never.Wait((int)Math.Ceiling(left));
        }
    }

    private static byte[] Request(Uri target, byte[] body)
    {
        string head = $"POST {target.AbsolutePath} HTTP/1.1\r\nHost: {target.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private static void ReadAnswer(NetworkStream stream, byte[] buffer)
    {
        int read = 0;
        while (true)
        {
            int got = stream.Read(buffer, read, buffer.Length - read);
            if (got == 0)
            {
                throw new InvalidOperationException("The server closed the connection.");
            }

            read += got;
            if (IsWhole(buffer.AsSpan(0, read)))
            {
                return;
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        int head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        if (!answer.StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
        }

        Match length = ContentLength.Match(Encoding.ASCII.GetString(answer[..head]));
        return length.Success
            ? answer.Length >= head + 4 + int.Parse(length.Groups["bytes"].Value, CultureInfo.InvariantCulture)
            : answer.EndsWith("0\r\n\r\n"u8);
    }
}
