using System.Text.Unicode;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Json;

/// <summary>What every reader of a body asks of its bytes before it reads.</summary>
public static class JsonBytes
{
    /// <summary>Refuses a body without content and one that is not UTF-8.</summary>
    /// <exception cref="ProblemException"><c>json_empty</c>, <c>json_not_unicode</c>.</exception>
    public static void Require(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw JsonProblems.Empty();
        }

        if (!Utf8.IsValid(utf8))
        {
            throw JsonProblems.NotUnicode(null);
        }
    }
}
