namespace Trainyard.Learning.Selection;

/// <summary>A candidate while the race is on.</summary>
internal sealed class Contender(int index, Candidate candidate)
{
    /// <summary>Its place in the order of trying.</summary>
    public int Index => index;

    public Candidate Candidate => candidate;

    /// <summary>What it scored in the last rung that it and all others of the rung finished.</summary>
    public CrossValidated? Scored { get; private set; }

    public int Rung { get; private set; }

    public int Rows { get; private set; }

    public TimeSpan Time { get; set; }

    public CandidateExit Exit { get; set; } = CandidateExit.Finished;

    public string? Code { get; private set; }

    public void Finish(Rung rung, int rows, CrossValidated scored) => (Rung, Rows, Scored) = (rung.Number, rows, scored);

    public void Fail(string code) => (Exit, Code) = (CandidateExit.Failed, code);

    /// <summary>Takes a failure back.</summary>
    public void Return() => (Exit, Code) = (CandidateExit.Finished, null);

    public LeaderboardEntry ToEntry() => new(candidate, Scored?.Result.Mean, Scored?.Result.StandardDeviation, Rung, Rows, Time, Exit) { Code = Code };
}
