namespace Trainyard.Functions.Http.Contracts;

/// <summary>Says that an HTTP function answers with <typeparamref name="T"/> as JSON when all went well.</summary>
/// <param name="wire">The JSON context that writes it.</param>
/// <param name="status">The status; 200 by default.</param>
/// <typeparam name="T">The record.</typeparam>
public sealed class AnswersAttribute<T>(Type wire, int status = 200) : AnswerAttribute(status, "application/json")
{
    /// <inheritdoc/>
    public override WireType Json { get; } = new(wire, typeof(T));
}
