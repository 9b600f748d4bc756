using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Trainyard.Domain.Json;

/// <summary>Says that a text, or each text of a list, is one of a catalogue's words.</summary>
/// <param name="catalog">The type that has them.</param>
/// <param name="member">Its static property, an enumeration of texts.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(Type catalog, string member) : ValidationAttribute
{
    /// <summary>The words.</summary>
    public IEnumerable<string> Words =>
        (IEnumerable<string>)catalog.GetProperty(member, BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value switch
    {
        null => true,
        string word => Words.Contains(word, StringComparer.Ordinal),
        IEnumerable<string> several => several.All(word => Words.Contains(word, StringComparer.Ordinal)),
        _ => false,
    };
}
