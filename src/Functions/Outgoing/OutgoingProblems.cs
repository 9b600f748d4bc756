using System.Globalization;
using Trainyard.Domain.Problems;

namespace Trainyard.Functions.Outgoing;

/// <summary>The refusals of requests to addresses that callers sent. None says what a name leads to, or what answered there.</summary>
internal static class OutgoingProblems
{
    private const string Field = "dataset_uri";

    public static ProblemException Invalid() => new(new Problem(
        ProblemKind.Malformed, "url_invalid", "The address must be https://host/path, without a user or password in it.", Field));

    public static ProblemException Forbidden(Exception? cause = null) => new(
        new Problem(ProblemKind.Unprocessable, "url_forbidden", "The address, or one that it redirects to, does not lead to the public Internet.", Field), cause);

    // What does not answer now may answer later: a run tries again.
    public static ProblemException Unreachable(string what, Exception? cause = null) => new TransientProblemException(
        new Problem(ProblemKind.Unprocessable, "url_unreachable", $"The address cannot be read: {what}.", Field), cause);

    public static ProblemException TooLarge(long maxBytes) => new(new Problem(
        ProblemKind.TooLarge, "url_too_large", string.Create(CultureInfo.InvariantCulture, $"What lies at the address is larger than {maxBytes} bytes."), Field));
}
