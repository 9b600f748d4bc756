namespace Trainyard.Domain.Limits;

/// <summary>Whether a request may go on, and what its sender should know of his limit.</summary>
/// <param name="IsAllowed">Whether it may.</param>
/// <param name="Limit">Requests at once after a rest.</param>
/// <param name="Remaining">Requests that would get through right now.</param>
/// <param name="ResetAfter">When the limit will be untouched again, if nothing more is sent.</param>
/// <param name="RetryAfter">When one request will get through; zero when one does now.</param>
public readonly record struct LimitDecision(bool IsAllowed, int Limit, int Remaining, TimeSpan ResetAfter, TimeSpan RetryAfter);
