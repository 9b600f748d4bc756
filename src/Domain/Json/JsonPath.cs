using System.Globalization;
using System.Text;

namespace Trainyard.Domain.Json;

/// <summary>Where in a document a reader is: <c>steps[2].name</c>.</summary>
internal sealed class JsonPath
{
    // A name is the sender's own text, so an answer repeats only so much of it.
    private const int MaxNameLength = 64;

    private readonly Stack<string> segments = new();

    public void Enter(string name) => segments.Push(name.Length > MaxNameLength ? string.Concat(name.AsSpan(0, MaxNameLength), "…") : name);

    public void Enter(int index) => segments.Push(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    public void Leave() => segments.Pop();

    public override string ToString()
    {
        StringBuilder text = new();
        foreach (string segment in segments.Reverse())
        {
            if (text.Length > 0 && segment[..Math.Min(1, segment.Length)] != "[")
            {
                text.Append('.');
            }

            text.Append(segment);
        }

        return text.ToString();
    }
}
