using System.Text.Json;
using Trainyard.Domain.Json;
using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Serving.Tables;

/// <summary>Makes the texts of a request.</summary>
internal static class JsonText
{
    /// <summary>The text of a name or value. Half a surrogate pair in an escape shows only here.</summary>
    /// <exception cref="ProblemException"><c>json_not_unicode</c>.</exception>
    public static string Of(ref readonly Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw JsonProblems.NotUnicode(null, exception);
        }
    }
}
