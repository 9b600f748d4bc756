using Trainyard.Domain.Problems;

namespace Trainyard.Domain.Batches;

/// <summary>The words for where a job stands.</summary>
public static class BatchStatusName
{
    /// <summary>Reads a word.</summary>
    /// <exception cref="ProblemException"><c>batch_status_unknown</c>.</exception>
    public static BatchStatus Require(string word) =>
        Enum.GetValues<BatchStatus>().Cast<BatchStatus?>().FirstOrDefault(status => Of(status!.Value) == word) ?? throw BatchProblems.StatusUnknown(word);

    /// <summary>The word.</summary>
    public static string Of(BatchStatus status) => status.ToString().ToLowerInvariant();
}
